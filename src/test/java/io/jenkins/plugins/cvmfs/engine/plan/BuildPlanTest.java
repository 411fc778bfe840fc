package io.jenkins.plugins.cvmfs.engine.plan;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options in, exact commands out. */
class BuildPlanTest {
    private static final String TAGGED = "docker buildx build --builder=\"$builder\" --tag=example.org/image:1";
    private static final String FILE = "--file=\"$dir/dockerfile/Dockerfile\"";
    private static final String START = TAGGED + " " + FILE;
    private static final String ME = "${uid:+\"--build-arg=ARG_MY_UID=$uid\"} ${gid:+\"--build-arg=ARG_MY_GID=$gid\"}";
    private static final String ALLOW = "--provenance=false --allow=security.insecure";
    private static final String RESULTS =
            "--metadata-file=\"$dir/results/metadata.json\" --iidfile=\"$dir/results/iid\" --";
    private static final String END = ALLOW + " --load " + RESULTS;
    private static final String GENERATED = "\"$dir/context\"";

    private static final String CREATE = "docker buildx create --name=\"$builder\" --driver=docker-container";
    private static final String IMAGE = "--driver-opt=image=moby/buildkit:v0.32.2";
    private static final String GRANT = "--buildkitd-flags=--allow-insecure-entitlement=security.insecure";

    private static final String TEST =
            "--env=CVMFS_MOUNTS= ${uid:+\"--env=MY_UID=$uid\"} ${gid:+\"--env=MY_GID=$gid\"} --user=0 --entrypoint=/bin/sh";
    private static final String RUN = "docker run --interactive --init --name=\"$container\" --device=/dev/fuse "
            + "--cap-add=SYS_ADMIN --security-opt=apparmor=unconfined";
    private static final String IN_BASE = "--entrypoint=/bin/bash -- aperloff/cms-cvmfs-docker:latest\nderive_image";
    private static final String MY = "${agent_uid:+\"MY_UID=$agent_uid\"} ${agent_gid:+\"MY_GID=$agent_gid\"}";

    private static final String VARIABLES = "'ENV CVMFS_MOUNTS=\"\"' \"ENV MY_UID=$uid\" \"ENV MY_GID=$gid\"";

    private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^ '\"])+");

    private static final String CHOICE = "the choice of the builder";

    private static final String HEX = "0123456789abcdef".repeat(4);

    /**
     * A row.
     *
     * @param option the setter of ImageSpecBuilder that the row is about
     * @param options options in
     * @param command which commands are looked at: every step that has this, or every line of the script that begins
     *     with it, where it is no command
     * @param expected those, each argument after one blank
     */
    record Row(
            String option,
            String name,
            UnaryOperator<ImageSpecBuilder> options,
            String command,
            List<String> expected) {
        @Override
        public String toString() {
            return option + ": " + name;
        }
    }

    private static Row built(String option, String name, UnaryOperator<ImageSpecBuilder> options, String... arguments) {
        return new Row(
                option,
                name,
                in -> options.apply(in.tags(List.of(Specs.TAG))),
                "docker buildx build",
                List.of(String.join(" ", arguments)));
    }

    private static Row generated(
            String option, String name, UnaryOperator<ImageSpecBuilder> options, String... arguments) {
        return built(option, name, in -> options.apply(in.setup("echo hello")), arguments);
    }

    private static Row created(
            String option, String name, UnaryOperator<ImageSpecBuilder> options, String... arguments) {
        return new Row(
                option,
                name,
                in -> options.apply(in.tags(List.of(Specs.TAG))),
                "docker buildx create",
                List.of(String.join(" ", arguments)));
    }

    /** The line that chooses the builder, or names the one that was chosen. */
    private static Row chosen(String name, UnaryOperator<ImageSpecBuilder> options, String... lines) {
        return lines("builderDriver", name, options, CHOICE, lines);
    }

    private static Row performed(
            String option, String name, UnaryOperator<ImageSpecBuilder> options, String... arguments) {
        return committed(
                option, name, options, "docker run", String.join(" ", arguments).split("\n"));
    }

    /** The client's set-up as the commit strategy hands it over. */
    private static Row client(String option, UnaryOperator<ImageSpecBuilder> options, String text) {
        String word = text.matches("[A-Z_]+=[\\w/]+") ? text : "'" + text + "'";
        return committed(
                option,
                text,
                in -> options.apply(in.mounts("a.b")),
                "docker run",
                String.join(" ", RUN, IN_BASE, "true settings default.local", word, "CVMFS_MOUNTS=a.b", MY)
                        .split("\n"));
    }

    private static Row committed(
            String option, String name, UnaryOperator<ImageSpecBuilder> options, String command, String... lines) {
        return new Row(
                option,
                name,
                in -> options.apply(
                        in.tags(List.of(Specs.TAG)).strategy("commit").setup("echo hello")),
                command,
                List.of(lines));
    }

    private static Row lines(
            String option, String name, UnaryOperator<ImageSpecBuilder> options, String command, String... lines) {
        return new Row(option, name, in -> options.apply(in.tags(List.of(Specs.TAG))), command, List.of(lines));
    }

    static Stream<Row> rows() {
        return Stream.of(source(), image(), buildOptions(), lists(), builder(), commit(), tests(), setups(), host())
                .flatMap(rows -> rows);
    }

    private static Stream<Row> source() {
        return Stream.of(
                built("tags", "one", in -> in, START, ME, END, "."),
                built(
                        "tags",
                        "several, in their order, each once",
                        in -> in.tags(List.of("localhost:5000/b", Specs.TAG, "c:2")),
                        TAGGED,
                        "--tag=localhost:5000/b --tag=c:2",
                        FILE,
                        ME,
                        END,
                        "."),
                built("dockerfile", "a path", in -> in.dockerfile("docker/My File"), START, ME, END, "."),
                built("dockerfile", "empty is not given", in -> in.dockerfile(""), START, ME, END, "."),
                built("context", "a directory", in -> in.context("sub/dir"), START, ME, END, "sub/dir"),
                built(
                        "context",
                        "an URL",
                        in -> in.context("https://example.org/a.git#main:sub"),
                        TAGGED,
                        ME,
                        END,
                        "'https://example.org/a.git#main:sub'"),
                built("context", "a leading dash", in -> in.context("-rf"), START, ME, END, "-rf"),
                built("target", "a stage", in -> in.target("final"), START, "--target=final", ME, END, "."),
                built("strategy", "the default by name", in -> in.strategy("buildx"), START, ME, END, "."),
                built(
                        "mounts",
                        "names, with one blank between",
                        in -> in.mounts(" cms.cern.ch\n oasis.opensciencegrid.org "),
                        START,
                        "'--build-arg=ARG_CVMFS_MOUNTS=cms.cern.ch oasis.opensciencegrid.org'",
                        ME,
                        END,
                        "."),
                built("mounts", "all", in -> in.mounts("all"), START, "--build-arg=ARG_CVMFS_MOUNTS=all", ME, END, "."),
                built(
                        "mounts",
                        "none",
                        in -> in.mounts("none"),
                        START,
                        "--build-arg=ARG_CVMFS_MOUNTS=none",
                        ME,
                        END,
                        "."),
                built("mounts", "empty is not given", in -> in.mounts(""), START, ME, END, "."),
                built(
                        "uid",
                        "a number",
                        in -> in.uid("0"),
                        START,
                        "--build-arg=ARG_MY_UID=0 ${gid:+\"--build-arg=ARG_MY_GID=$gid\"}",
                        END,
                        "."),
                built(
                        "gid",
                        "a number",
                        in -> in.gid("4294967294"),
                        START,
                        "${uid:+\"--build-arg=ARG_MY_UID=$uid\"} --build-arg=ARG_MY_GID=4294967294",
                        END,
                        "."));
    }

    private static Stream<Row> image() {
        return Stream.of(
                built("load", "true", in -> in.load(true), START, ME, ALLOW, "--load", RESULTS, "."),
                built(
                        "load",
                        "null, with push",
                        in -> in.load(null).push(true),
                        START,
                        ME,
                        ALLOW,
                        "--push",
                        RESULTS,
                        "."),
                built(
                        "load",
                        "false, with push",
                        in -> in.load(false).push(true),
                        START,
                        ME,
                        ALLOW,
                        "--push",
                        RESULTS,
                        "."),
                built(
                        "load",
                        "true, with push",
                        in -> in.load(true).push(true),
                        START,
                        ME,
                        ALLOW,
                        "--load --push",
                        RESULTS,
                        "."),
                lines(
                        "load",
                        "true, with push: the registry is not asked",
                        in -> in.load(true).push(true),
                        "imagetools"),
                built("push", "alone", in -> in.push(true), START, ME, ALLOW, "--push", RESULTS, "."),
                lines(
                        "push",
                        "the registry is asked of an index",
                        in -> in.push(true),
                        "imagetools",
                        "docker buildx imagetools inspect --builder=\"$builder\" --raw example.org/image:1"),
                lines(
                        "recordManifest",
                        "the registry is asked",
                        in -> in.push(true).recordManifest(true),
                        "imagetools",
                        "docker buildx imagetools inspect --builder=\"$builder\" --raw example.org/image:1"),
                built(
                        "insecure",
                        "false",
                        in -> in.insecure(false),
                        START,
                        ME,
                        "--provenance=false --load",
                        RESULTS,
                        "."),
                created(
                        "insecure",
                        "false grants nothing",
                        in -> in.insecure(false).builderDriver("docker-container"),
                        CREATE,
                        IMAGE));
    }

    private static Stream<Row> buildOptions() {
        return Stream.of(
                built("noCache", "true", in -> in.noCache(true), START, ME, "--no-cache", END, "."),
                built(
                        "noCacheFilters",
                        "two",
                        in -> in.noCacheFilters(List.of("a", "b")),
                        START,
                        ME,
                        "--no-cache-filter=a --no-cache-filter=b",
                        END,
                        "."),
                lines(
                        "noCacheFilters",
                        "a tested image comes from the cache",
                        in -> in.noCacheFilters(List.of("a")).smokeTest("true").push(true),
                        "--no-cache-filter=a",
                        String.join(
                                " ",
                                TAGGED.replace("example.org/image:1", "$tested")
                                        .replace("--tag=$tested", "--tag=\"$tested\""),
                                FILE,
                                ME,
                                "--no-cache-filter=a",
                                END,
                                ".")),
                built(
                        "tagRules",
                        "have done their work before the plan",
                        in -> in.tagRules(List.of("type=sha")),
                        START,
                        ME,
                        END,
                        "."),
                built(
                        "ociMetadata",
                        "has done its work before the plan",
                        in -> in.ociMetadata("all"),
                        START,
                        ME,
                        END,
                        "."),
                lines(
                        "recordOutputs",
                        "what writes to a path, by its number",
                        in -> in.outputs(List.of("type=tar,dest=-", "type=oci,dest=a b.tar", "out"))
                                .recordOutputs(true),
                        "note_output",
                        "note_output 0 'a b.tar'",
                        "note_output 1 out"),
                lines(
                        "archiveOutputs",
                        "nothing on the agent",
                        in -> in.outputs(List.of("out")).archiveOutputs(true),
                        "note_output"),
                lines(
                        "buildRecord",
                        "exported after the build",
                        in -> in.buildRecord(true),
                        "docker buildx history",
                        "docker buildx history export --builder=\"$builder\" "
                                + "--output=\"$dir/results/build.dockerbuild\" \"$reference\""),
                built("progress", "plain", in -> in.progress("plain"), START, ME, "--progress=plain", END, "."),
                built(
                        "resources",
                        "memory and CPUs",
                        in -> in.resources(ordered("memory", "2g", "cpuset-cpus", "0-1")),
                        START,
                        ME,
                        "--resource=memory=2g --resource=cpuset-cpus=0-1",
                        END,
                        "."),
                built(
                        "allow",
                        "the network of the machine",
                        in -> in.allow(List.of("network.host")),
                        START,
                        ME,
                        "--allow=network.host",
                        END,
                        "."),
                created(
                        "allow",
                        "a builder grants what is asked for",
                        in -> in.allow(List.of("network.host", "device=a.b/c")).builderDriver("docker-container"),
                        CREATE,
                        IMAGE,
                        "'" + GRANT
                                + " --allow-insecure-entitlement=network.host --allow-insecure-entitlement=device'"),
                created(
                        "allow",
                        "a builder without insecure RUNs grants devices alone",
                        in -> in.allow(List.of("device")).insecure(false).builderDriver("docker-container"),
                        CREATE,
                        IMAGE,
                        "--buildkitd-flags=--allow-insecure-entitlement=device"),
                built(
                        "policy",
                        "a file",
                        in -> in.policy(List.of("filename=a b.rego,strict=true")),
                        START,
                        ME,
                        "'--policy=filename=a b.rego,strict=true'",
                        END,
                        "."),
                built(
                        "attests",
                        "an SBOM",
                        in -> in.attests(List.of("type=sbom,generator=a/b:1")),
                        START,
                        ME,
                        "--attest=type=sbom,generator=a/b:1",
                        END,
                        "."),
                built(
                        "attests",
                        "provenance in full",
                        in -> in.attests(List.of("type=provenance,mode=max")),
                        START,
                        ME,
                        "--attest=type=provenance,mode=max --allow=security.insecure --load",
                        RESULTS,
                        "."),
                built("pull", "true", in -> in.pull(true), START, ME, "--pull", END, "."),
                built(
                        "provenance",
                        "mode",
                        in -> in.provenance("mode=max"),
                        START,
                        ME,
                        "--provenance=mode=max --allow=security.insecure --load",
                        RESULTS,
                        "."),
                built("provenance", "false", in -> in.provenance("false"), START, ME, END, "."),
                built(
                        "sbom",
                        "generator",
                        in -> in.sbom("generator=a/b:1"),
                        START,
                        ME,
                        "--sbom=generator=a/b:1",
                        END,
                        "."),
                built("network", "host", in -> in.network("host"), START, ME, "--network=host", END, "."),
                built("shmSize", "a size", in -> in.shmSize("64m"), START, ME, "--shm-size=64m", END, "."),
                built(
                        "cgroupParent",
                        "a path",
                        in -> in.cgroupParent("/builds"),
                        START,
                        ME,
                        "--cgroup-parent=/builds",
                        END,
                        "."),
                built("call", "build", in -> in.call(List.of("build")), START, ME, END, "."),
                built(
                        "call",
                        "check makes nothing",
                        in -> in.call(List.of("check"))
                                .push(true)
                                .load(true)
                                .provenance("true")
                                .sbom("true")
                                .outputs(List.of("out")),
                        "docker buildx build --builder=\"$builder\"",
                        FILE,
                        ME,
                        "--allow=security.insecure --call=check,format=json -- ."),
                lines(
                        "call",
                        "others and a build, in their order",
                        in -> in.call(List.of("build,targets", "outline")).noCache(true),
                        "docker buildx build",
                        "docker buildx build --builder=\"$builder\" " + FILE + " " + ME
                                + " --allow=security.insecure --call=outline,format=json -- .",
                        "docker buildx build --builder=\"$builder\" " + FILE + " " + ME
                                + " --allow=security.insecure --call=targets,format=json -- .",
                        START + " " + ME + " --no-cache " + END + " ."),
                lines("call", "check has no results", in -> in.call(List.of("check")), "phase collect"));
    }

    private static Stream<Row> lists() {
        return Stream.of(
                built(
                        "buildArgs",
                        "plain, with blank, empty",
                        in -> in.buildArgs(ordered("A", "1", "B", "two words", "C", "")),
                        START,
                        ME,
                        "--build-arg=A=1 '--build-arg=B=two words' --build-arg=C=",
                        END,
                        "."),
                built(
                        "labels",
                        "key=value",
                        in -> in.labels(ordered("org.example.a", "b", "q", "it's")),
                        START,
                        ME,
                        "--label=org.example.a=b '--label=q=it'\\''s'",
                        END,
                        "."),
                built(
                        "annotations",
                        "with and without type",
                        in -> in.annotations(List.of("a=b", "manifest,manifest-descriptor:c=d")),
                        START,
                        ME,
                        "--annotation=a=b --annotation=manifest,manifest-descriptor:c=d",
                        END,
                        "."),
                built(
                        "platforms",
                        "two",
                        in -> in.platforms(List.of("linux/amd64", "linux/arm/v7")),
                        START,
                        ME,
                        "--platform=linux/amd64 --platform=linux/arm/v7",
                        END,
                        "."),
                built(
                        "buildContexts",
                        "a path and an image",
                        in -> in.buildContexts(ordered("src", "../src", "debian", "docker-image://debian:12")),
                        START,
                        ME,
                        "--build-context=src=../src --build-context=debian=docker-image://debian:12",
                        END,
                        "."),
                built(
                        "cache",
                        "by image, in a form that registries accept, without failing the build",
                        in -> in.cache("registry.example.org/cms/cache"),
                        START,
                        ME,
                        "--cache-from=type=registry,ref=registry.example.org/cms/cache:image "
                                + "--cache-to=type=registry,ref=registry.example.org/cms/cache:image,mode=max,"
                                + "image-manifest=true,oci-mediatypes=true,ignore-error=true",
                        END,
                        "."),
                built(
                        "cache",
                        "with a tag and fields, besides other caches",
                        in -> in.cache("a/c:main,mode=min,ignore-error=false,compression=zstd")
                                .cacheFrom(List.of("a/c:other"))
                                .cacheTo(List.of("type=local,dest=c")),
                        START,
                        ME,
                        "--cache-from=type=registry,ref=a/c:main --cache-from=a/c:other "
                                + "--cache-to=type=registry,ref=a/c:main,mode=min,image-manifest=true,"
                                + "oci-mediatypes=true,ignore-error=false,compression=zstd "
                                + "--cache-to=type=local,dest=c",
                        END,
                        "."),
                built(
                        "cacheFrom",
                        "two",
                        in -> in.cacheFrom(List.of("a/b:cache", "type=local,src=c")),
                        START,
                        ME,
                        "--cache-from=a/b:cache --cache-from=type=local,src=c",
                        END,
                        "."),
                built(
                        "cacheTo",
                        "one",
                        in -> in.cacheTo(List.of("type=inline")),
                        START,
                        ME,
                        "--cache-to=type=inline",
                        END,
                        "."),
                built(
                        "secrets",
                        "a file and a variable",
                        in -> in.secrets(List.of("id=a,src=/run/a b", "id=c,env=C")),
                        START,
                        ME,
                        "'--secret=id=a,src=/run/a b' --secret=id=c,env=C",
                        END,
                        "."),
                built(
                        "ssh",
                        "default and a key",
                        in -> in.ssh(List.of("default", "k=/k")),
                        START,
                        ME,
                        "--ssh=default --ssh=k=/k",
                        END,
                        "."),
                built(
                        "outputs",
                        "instead of load",
                        in -> in.outputs(List.of("type=oci,dest=a.tar", "out")),
                        START,
                        ME,
                        "--output=type=oci,dest=a.tar --output=out",
                        ALLOW,
                        // With files as an output buildx takes no --iidfile.
                        "--metadata-file=\"$dir/results/metadata.json\" --",
                        "."),
                built(
                        "outputs",
                        "an archive of the image",
                        in -> in.outputs(List.of("type=oci,dest=a.tar")),
                        START,
                        ME,
                        "--output=type=oci,dest=a.tar",
                        ALLOW,
                        RESULTS,
                        "."),
                built(
                        "outputs",
                        "and load",
                        in -> in.outputs(List.of("type=oci,dest=a.tar")).load(true),
                        START,
                        ME,
                        "--output=type=oci,dest=a.tar",
                        END,
                        "."),
                built(
                        "addHosts",
                        "two",
                        in -> in.addHosts(List.of("a:10.0.0.1", "b=host-gateway")),
                        START,
                        ME,
                        "--add-host=a:10.0.0.1 --add-host=b=host-gateway",
                        END,
                        "."),
                built(
                        "ulimits",
                        "two",
                        in -> in.ulimits(List.of("nofile=1024:4096", "core=-1")),
                        START,
                        ME,
                        "--ulimit=nofile=1024:4096 --ulimit=core=-1",
                        END,
                        "."));
    }

    private static Stream<Row> builder() {
        return Stream.of(
                created(
                        "builderDriver",
                        "docker-container",
                        in -> in.builderDriver("docker-container"),
                        CREATE,
                        IMAGE,
                        GRANT),
                lines(
                        "builderDriver",
                        "kubernetes",
                        in -> in.builderDriver("kubernetes")
                                .builderDriverOpts(ordered("namespace", "ci", "replicas", "3")),
                        "buildx create",
                        CREATE.replace("docker-container", "kubernetes") + " " + IMAGE
                                + " --driver-opt=namespace=ci --driver-opt=replicas=3 --driver-opt=labels="
                                + "app.kubernetes.io/managed-by=cvmfs-derived-image " + GRANT),
                lines(
                        "builderDriverOpts",
                        "rootless",
                        in -> in.builderDriver("kubernetes")
                                .builderName("own")
                                .builderDriverOpts(ordered("rootless", "true")),
                        "buildx create",
                        CREATE.replace("docker-container", "kubernetes") + " " + IMAGE
                                + "-rootless --driver-opt=rootless=true " + GRANT),
                lines(
                        "builderDriverOpts",
                        "what the cluster is asked for",
                        in -> in.builderDriver("kubernetes")
                                .builderName("own")
                                .builderDriverOpts(ordered(
                                        "nodeselector",
                                        "a=b,c=d",
                                        "tolerations",
                                        "key=k,value=v;key=l",
                                        "limits.cpu",
                                        "2")),
                        "buildx create",
                        CREATE.replace("docker-container", "kubernetes") + " " + IMAGE
                                + " '--driver-opt=\"nodeselector=a=b,c=d\"' '--driver-opt=\"tolerations=key=k,value=v;key=l\"' "
                                + "--driver-opt=limits.cpu=2 " + GRANT),
                lines(
                        "builderEndpoint",
                        "remote, with TLS",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://b.example.org:1234")
                                .builderDriverOpts(ordered("cacert", "/c/ca.pem", "servername", "b")),
                        "buildx create",
                        CREATE.replace("docker-container", "remote")
                                + " --driver-opt=cacert=/c/ca.pem --driver-opt=servername=b -- "
                                + "tcp://b.example.org:1234"),
                lines(
                        "builderEndpoint",
                        "of several, the one that answers",
                        in -> in.builderDriver("remote").builderEndpoint("tcp://a:1 unix:///b"),
                        "buildx create",
                        CREATE.replace("docker-container", "remote") + " -- \"$endpoint\""),
                lines(
                        "builderCertificates",
                        "for this build alone",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderCertificates(ordered("cacert", "/d/0", "cert", "/d/1", "key", "/d/2")),
                        "buildx create",
                        CREATE.replace("docker-container", "remote")
                                + " --driver-opt=cacert=/d/0 --driver-opt=cert=/d/1 --driver-opt=key=/d/2 -- tcp://a:1"),
                lines(
                        "builderCertificates",
                        "is not kept",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderCertificates(Map.of("cacert", "/d/0")),
                        "builder=c",
                        "builder=cvmfs-derived-image-id"),
                lines(
                        "builderNodes",
                        "on other engines, in order",
                        in -> in.builderDriverOpts(ordered("network", "host"))
                                .builderNodes(List.of(
                                        "endpoint=arm platform=linux/arm64,linux/arm", "endpoint=ssh://a memory=2g")),
                        "buildx create",
                        String.join(" ", CREATE, IMAGE, "--driver-opt=network=host", GRANT),
                        String.join(
                                " ",
                                append(1),
                                "--platform=linux/arm64,linux/arm",
                                IMAGE,
                                "--driver-opt=network=host",
                                GRANT,
                                "-- arm"),
                        String.join(
                                " ",
                                append(2),
                                IMAGE,
                                "--driver-opt=network=host --driver-opt=memory=2g",
                                GRANT,
                                "-- ssh://a")),
                lines(
                        "builderNodes",
                        "of a remote builder",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderDriverOpts(ordered("cacert", "/c"))
                                .builderNodes(List.of("endpoint=tcp://b:1 platform=linux/arm64 servername=b")),
                        "buildx create",
                        CREATE.replace("docker-container", "remote") + " --driver-opt=cacert=/c -- tcp://a:1",
                        append(1)
                                + " --platform=linux/arm64 --driver-opt=cacert=/c --driver-opt=servername=b -- tcp://b:1"),
                lines(
                        "builderNodes",
                        "one of them may be missing",
                        in -> in.builderNodes(List.of("endpoint=arm", "endpoint=ssh://a")),
                        "last_node=",
                        "last_node=2"),
                lines(
                        "builderNodes",
                        "one of them may be another",
                        in -> in.builderNodes(List.of("endpoint=arm", "endpoint=ssh://a")),
                        "nodes=",
                        "nodes=' arm ssh://a'"),
                lines("builderDriver", "docker makes none", in -> in.builderDriver("docker"), "buildx create"),
                lines(
                        "builderDriver",
                        "docker uses the engine's own",
                        in -> in.builderDriver("docker"),
                        "kind=",
                        "kind=docker"),
                chosen("auto: the engine is asked", in -> in.builderDriver("auto"), "choose_builder grant"),
                chosen("auto: nothing insecure", in -> in.insecure(false), "say_choice docker"),
                chosen(
                        "auto: one platform",
                        in -> in.insecure(false).platforms(List.of("linux/arm64")),
                        "say_choice docker"),
                chosen(
                        "auto: platforms",
                        in -> in.platforms(List.of("linux/amd64", "linux/arm64")),
                        "say_choice docker-container"),
                chosen(
                        "auto: a cache inside the image",
                        in -> in.cacheTo(List.of("type=inline")),
                        "choose_builder grant"),
                chosen(
                        "auto: cacheTo",
                        in -> in.insecure(false).cacheTo(List.of("type=local,dest=a")),
                        "say_choice docker-container"),
                chosen("auto: cache", in -> in.insecure(false).cache("a/c"), "say_choice docker-container"),
                lines("cache", "with a builder for this build alone", in -> in.cache("a/c"), "kind=", "kind=ephemeral"),
                lines(
                        "cache",
                        "with the builder that was described",
                        in -> in.cache("a/c").builderDriver("docker-container"),
                        "kind=",
                        "kind=kept"),
                lines(
                        "cache",
                        "and a builder that is kept",
                        in -> in.cache("a/c").builderKeep(true),
                        "kind=",
                        "kind=kept"),
                chosen("auto: no provenance", in -> in.provenance("false").sbom("false"), "choose_builder grant"),
                chosen("auto: provenance", in -> in.provenance("mode=max"), "say_choice docker-container"),
                chosen("auto: sbom", in -> in.sbom("true"), "say_choice docker-container"),
                chosen("auto: annotations", in -> in.annotations(List.of("a=b")), "say_choice docker-container"),
                chosen("auto: a directory", in -> in.outputs(List.of("out")), "choose_builder grant"),
                chosen(
                        "auto: an archive of files",
                        in -> in.outputs(List.of("dest=a,type=tar")),
                        "choose_builder grant"),
                chosen(
                        "auto: an archive of images",
                        in -> in.outputs(List.of("type=oci,dest=a")),
                        "say_choice docker-container"),
                chosen("auto: two results", in -> in.outputs(List.of("out")).load(true), "say_choice docker-container"),
                chosen(
                        "auto: a check makes none of them",
                        in -> in.call(List.of("check")).sbom("true"),
                        "choose_builder grant"),
                chosen("auto: settings of a builder, and no driver", in -> in.builderImage("a/b:1")),
                chosen(
                        "auto: settings for the case that one is made",
                        in -> in.builderDriver("auto").builderImage("a/b:1"),
                        "choose_builder grant"),
                lines("builderName", "an existing one", in -> in.builderName("Mine"), "builder=m", "builder=mine"),
                lines(
                        "builderName",
                        "of one that is not kept",
                        in -> in.builderName("mine")
                                .builderDriver("docker-container")
                                .builderKeep(false),
                        "builder=m",
                        "builder=mine-id"),
                lines("builderName", "an existing one is not made", in -> in.builderName("mine"), "buildx create"),
                lines(
                        "builderName",
                        "of one that is made",
                        in -> in.builderName("mine").builderDriver("docker-container"),
                        "builder=m",
                        "builder=mine"),
                created(
                        "builderImage",
                        "another",
                        in -> in.builderImage("mirror.example.org/buildkit:v1"),
                        CREATE,
                        "--driver-opt=image=mirror.example.org/buildkit:v1",
                        GRANT),
                lines(
                        "builderKeep",
                        "false: of this build alone",
                        in -> in.builderKeep(false),
                        "builder=c",
                        "builder=cvmfs-derived-image-id"),
                created("builderKeep", "false: no other makes it", in -> in.builderKeep(false), CREATE, IMAGE, GRANT),
                lines("builderKeep", "false: removed", in -> in.builderKeep(false), "kind=", "kind=ephemeral"),
                lines("builderKeep", "true: stays", in -> in.builderKeep(true), "kind=", "kind=kept"),
                created(
                        "builderDriverOpts",
                        "two, one with a comma and quotes",
                        in -> in.builderDriverOpts(ordered("network", "host", "env.NO_PROXY", "a,\"b\"")),
                        CREATE,
                        IMAGE,
                        "--driver-opt=network=host '--driver-opt=\"env.NO_PROXY=a,\"\"b\"\"\"'",
                        GRANT),
                created(
                        "buildkitdFlags",
                        "after our own",
                        in -> in.buildkitdFlags(List.of("--debug", "--oci-worker-gc=false")),
                        CREATE,
                        IMAGE,
                        "'--buildkitd-flags=--allow-insecure-entitlement=security.insecure --debug --oci-worker-gc=false'"),
                created(
                        "buildkitdConfig",
                        "a file of the build",
                        in -> in.buildkitdConfig("debug = true\n"),
                        CREATE,
                        IMAGE,
                        GRANT,
                        "--buildkitd-config=\"$dir/buildkitd.toml\""),
                created(
                        "builderGc",
                        "in a file of the build",
                        in -> in.builderGc(Map.of("maxUsedSpace", "50GB")),
                        CREATE,
                        IMAGE,
                        GRANT,
                        "--buildkitd-config=\"$dir/buildkitd.toml\""));
    }

    private static Stream<Row> tests() {
        return Stream.of(
                lines(
                        "smokeTest",
                        "loaded: one build",
                        in -> in.smokeTest("true")
                                .noCache(true)
                                .annotations(List.of("a=b"))
                                .tags(List.of("b")),
                        "\"$tested\"",
                        "docker buildx build --builder=\"$builder\" --tag=\"$tested\" " + FILE + " " + ME
                                + " --annotation=a=b --no-cache " + END + " .",
                        String.join(
                                " ",
                                "docker run --init --name=\"$tested\"",
                                TEST,
                                "-- \"$tested\" -c \"$smoke\" smoke-test true"),
                        "docker tag -- \"$tested\" example.org/image:1",
                        "docker tag -- \"$tested\" b"),
                lines(
                        "smokeTest",
                        "pushed: the second build takes all from the cache",
                        in -> in.smokeTest("true")
                                .push(true)
                                .noCache(true)
                                .pull(true)
                                .cacheTo(List.of("c"))
                                .annotations(List.of("a=b")),
                        "docker buildx build",
                        "docker buildx build --builder=\"$builder\" --tag=\"$tested\" " + FILE + " " + ME
                                + " --no-cache --pull " + END + " .",
                        START + " " + ME + " --annotation=a=b --cache-to=c " + END.replace("--load", "--push") + " ."),
                lines(
                        "smokeTest",
                        "put out: no tag but the test's",
                        in -> in.smokeTest("true").outputs(List.of("out")),
                        "docker buildx build",
                        "docker buildx build --builder=\"$builder\" --tag=\"$tested\" " + FILE + " " + ME + " " + END
                                + " .",
                        START + " " + ME + " --output=out " + ALLOW
                                + " --metadata-file=\"$dir/results/metadata.json\" -- ."));
    }

    /** Builds that read the agent's own CVMFS: no entitlement, no device and no capability more than docker's. */
    private static Stream<Row> host() {
        String run = "docker run --interactive --init --name=\"$container\"";
        String bind = "--mount=type=bind,source=%s,target=/cvmfs,readonly,bind-propagation=rslave";
        String hash = HEX.substring(0, 40);
        return Stream.of(
                lines(
                        "cvmfsAccess",
                        "host: no --allow",
                        in -> in.cvmfsAccess("host").mounts("a.b").setup("echo hello"),
                        "docker buildx build",
                        String.join(
                                " ",
                                TAGGED,
                                "--build-arg=ARG_CVMFS_MOUNTS=a.b",
                                ME,
                                END.replace(" --allow=security.insecure", ""),
                                GENERATED),
                        String.join(
                                " ",
                                "docker buildx build --builder=\"$builder\"",
                                "--build-arg=ARG_CVMFS_MOUNTS=a.b",
                                ME,
                                "--target=cvmfs-revisions --output=type=tar,dest=- --provenance=false --",
                                GENERATED)),
                lines(
                        "cvmfsAccess",
                        "host: the engine's own builder",
                        in -> in.cvmfsAccess("host").mounts("a.b").platforms(List.of("linux/amd64", "linux/arm64")),
                        CHOICE,
                        "say_choice docker"),
                performed(
                        "cvmfsAccess",
                        "host: a bind",
                        in -> in.cvmfsAccess("host").mounts("a.b"),
                        run,
                        bind.formatted("/cvmfs"),
                        IN_BASE,
                        "false CVMFS_MOUNTS=a.b",
                        MY),
                performed(
                        "cvmfsHostPath",
                        "another directory, with a pin",
                        in -> in.cvmfsAccess("host")
                                .cvmfsHostPath("/sw/cvmfs")
                                .mounts("a.b")
                                .cvmfsPins(List.of("a.b=" + hash)),
                        run,
                        bind.formatted("/sw/cvmfs"),
                        IN_BASE,
                        "false settings pins 'a.b " + hash + "' CVMFS_MOUNTS=a.b",
                        MY),
                performed(
                        "cvmfsAccess",
                        "host without mounts",
                        in -> in.cvmfsAccess("host").mounts("none"),
                        run,
                        IN_BASE,
                        "false CVMFS_MOUNTS=none",
                        MY),
                lines(
                        "cvmfsAccess",
                        "host: a smoke test",
                        in -> in.cvmfsAccess("host").mounts("a.b").smokeTest("true"),
                        "docker run",
                        String.join(
                                " ",
                                "docker run --init --name=\"$tested\"",
                                bind.formatted("/cvmfs"),
                                TEST.replace("MOUNTS= ", "MOUNTS=a.b "),
                                "-- \"$tested\" -c \"$smoke\" smoke-test true")));
    }

    @Test
    void theDockerfileOfASetupScriptAsksForTheAgentsCvmfs() {
        BuildPlan plan = BuildPlan.of(
                Specs.valid(Specs.setup()
                        .cvmfsAccess("host")
                        .mounts("a.b")
                        .cvmfsPins(List.of("a.b=" + HEX.substring(0, 40)))),
                "id");

        assertThat(file(plan, "context/Dockerfile"))
                .startsWith("# syntax=docker/dockerfile:1-labs\n")
                .contains("\nRUN --device=cern.ch/cvmfs=all,required --mount=type=bind,")
                .doesNotContain("security=insecure", "type=cache");
        assertThat(file(plan, "context/client/pins")).isEqualTo("a.b " + HEX.substring(0, 40) + "\n");
    }

    @Test
    void anUndecidedSpecHasNoPlan() {
        assertThatThrownBy(() -> BuildPlan.of(Specs.valid(Specs.setup().cvmfsAccess("auto")), "id"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("auto");
    }

    private static String file(BuildPlan plan, String path) {
        return plan.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static Stream<Row> setups() {
        return Stream.of(
                generated("setup", "a generated context", in -> in, TAGGED, ME, END, GENERATED),
                built("setupFile", "a generated context", in -> in.setupFile("s.sh"), TAGGED, ME, END, GENERATED),
                lines(
                        "setupFile",
                        "is read",
                        in -> in.setupFile("-s.sh"),
                        "take_setup -",
                        "take_setup -s.sh \"$dir/context/setup\""),
                built(
                        "setupUrl",
                        "a generated context",
                        in -> in.setupUrl("https://example.org/s").setupSha256(HEX),
                        TAGGED,
                        ME,
                        END,
                        GENERATED),
                lines(
                        "setupUrl",
                        "is fetched",
                        in -> in.setupUrl("https://example.org/s?a=1&b=2").setupSha256(HEX),
                        "fetch_setup",
                        "fetch_setup 'https://example.org/s?a=1&b=2' " + HEX + " \"$dir/context/setup\""),
                lines(
                        "setupSha256",
                        "is compared",
                        in -> in.setupUrl("https://example.org/s").setupSha256(HEX),
                        HEX,
                        "fetch_setup https://example.org/s " + HEX + " \"$dir/context/setup\""));
    }

    private static Stream<Row> commit() {
        return Stream.of(
                performed("strategy", "commit", in -> in, RUN, IN_BASE, "true CVMFS_MOUNTS=", MY),
                performed(
                        "mounts",
                        "commit",
                        in -> in.mounts("a.b c.d"),
                        RUN,
                        IN_BASE,
                        "true 'CVMFS_MOUNTS=a.b c.d'",
                        MY),
                performed(
                        "uid",
                        "commit",
                        in -> in.uid("7").gid("8"),
                        RUN,
                        IN_BASE,
                        "true CVMFS_MOUNTS= MY_UID=7 MY_GID=8"),
                client(
                        "cvmfsHttpProxy",
                        in -> in.cvmfsHttpProxy("http://a:3128;DIRECT"),
                        "CVMFS_HTTP_PROXY='\\''http://a:3128;DIRECT'\\''"),
                client("cvmfsQuotaLimit", in -> in.cvmfsQuotaLimit("4000"), "CVMFS_QUOTA_LIMIT=4000"),
                client("cvmfsProfile", in -> in.cvmfsProfile("single"), "CVMFS_CLIENT_PROFILE=single"),
                client("cvmfsUseCdn", in -> in.cvmfsUseCdn(true), "CVMFS_USE_CDN=yes"),
                client("cvmfsUseCdn", in -> in.cvmfsUseCdn(false), "CVMFS_USE_CDN=no"),
                client("cvmfsCacheBase", in -> in.cvmfsCacheBase("/var/lib/cvmfs"), "CVMFS_CACHE_BASE=/var/lib/cvmfs"),
                performed(
                        "cvmfsParameters",
                        "for all and for each",
                        in -> in.mounts("a.b").cvmfsParameters(ordered("CVMFS_B", "c d")),
                        RUN,
                        IN_BASE,
                        "true settings default.local 'CVMFS_B='\\''c d'\\'''",
                        "settings config.d/a.b.local 'CVMFS_B='\\''c d'\\'''",
                        "CVMFS_MOUNTS=a.b",
                        MY),
                performed(
                        "cvmfsPins",
                        "one of each",
                        in -> in.mounts("a.b c.d e.f")
                                .cvmfsPins(List.of(
                                        "a.b=tag:v1", "c.d=date:2026-01-31T12:00:00Z", "e.f=" + HEX.substring(0, 40))),
                        RUN,
                        IN_BASE,
                        "true settings config.d/a.b.local CVMFS_REPOSITORY_TAG=v1",
                        "settings config.d/c.d.local CVMFS_REPOSITORY_DATE=2026-01-31T12:00:00Z",
                        "settings config.d/e.f.local CVMFS_ROOT_HASH=" + HEX.substring(0, 40),
                        "'CVMFS_MOUNTS=a.b c.d e.f'",
                        MY),
                performed(
                        "cvmfsHttpProxy",
                        "nothing is mounted",
                        in -> in.cvmfsHttpProxy("DIRECT"),
                        RUN,
                        IN_BASE,
                        "true CVMFS_MOUNTS=",
                        MY),
                performed("wipeCache", "false", in -> in.wipeCache(false), RUN, IN_BASE, "false CVMFS_MOUNTS=", MY),
                performed(
                        "buildArgs",
                        "commit: variables of the script",
                        in -> in.buildArgs(ordered("A", "b c")),
                        RUN,
                        IN_BASE,
                        "true CVMFS_MOUNTS=",
                        MY,
                        "'A=b c'"),
                performed(
                        "labels",
                        "commit",
                        in -> in.labels(ordered("a", "b")),
                        RUN,
                        "--label=a=b",
                        IN_BASE,
                        "true CVMFS_MOUNTS=",
                        MY),
                committed("pull", "commit", in -> in.pull(true), "pull=", "pull=yes"),
                performed(
                        "network",
                        "commit",
                        in -> in.network("host")
                                .addHosts(List.of("a:::1"))
                                .ulimits(List.of("nofile=9"))
                                .shmSize("1g")
                                .cgroupParent("a.slice")
                                .resources(ordered("memory", "2g", "memory-swap", "-1")),
                        RUN,
                        "--add-host=a:::1 --network=host --ulimit=nofile=9 --shm-size=1g --cgroup-parent=a.slice",
                        "--memory=2g --memory-swap=-1",
                        IN_BASE,
                        "true CVMFS_MOUNTS=",
                        MY),
                committed(
                        "baseImage",
                        "commit",
                        in -> in.baseImage("example.org/base@sha256:" + HEX),
                        "example.org/base",
                        String.join(" ", RUN, "--entrypoint=/bin/bash -- example.org/base@sha256:" + HEX)),
                committed(
                        "tags",
                        "commit",
                        in -> in.tags(List.of("b", "c:2")),
                        "commit_container",
                        "commit_container example.org/image:1 " + VARIABLES),
                committed(
                        "tags",
                        "commit: the others",
                        in -> in.tags(List.of("b", "c:2")),
                        "docker tag",
                        "docker tag -- \"$image_id\" b",
                        "docker tag -- \"$image_id\" c:2"),
                committed(
                        "push",
                        "commit",
                        in -> in.tags(List.of("b")).push(true),
                        "docker push",
                        "docker push -- example.org/image:1",
                        "docker push -- b"),
                committed(
                        "load",
                        "commit: not kept",
                        in -> in.tags(List.of("b")).push(true).load(false),
                        "image rm --",
                        "docker image rm -- example.org/image:1 b"),
                committed(
                        "smokeTest",
                        "commit: of what has no tag yet",
                        in -> in.tags(List.of("b")).smokeTest("ls /cvmfs"),
                        "\"$tested\"",
                        "commit_container \"$tested\" " + VARIABLES,
                        String.join(
                                " ",
                                "docker run --init --name=\"$tested\"",
                                TEST,
                                "-- \"$tested\" -c \"$smoke\" smoke-test 'ls /cvmfs'"),
                        "docker tag -- \"$tested\" example.org/image:1",
                        "docker tag -- \"$tested\" b"),
                committed(
                        "smokeTest",
                        "commit: with mounts",
                        in -> in.smokeTest("true")
                                .mounts("a.b")
                                .cvmfsQuotaLimit("9")
                                .network("host")
                                .uid("1")
                                .gid("2"),
                        "docker run --init",
                        String.join(
                                " ",
                                "docker run --init --name=\"$tested\" --device=/dev/fuse --cap-add=SYS_ADMIN --security-opt=apparmor=unconfined",
                                "--env=CVMFS_MOUNTS=a.b --network=host --env=MY_UID=1 --env=MY_GID=2 --user=0 --entrypoint=/bin/sh -- \"$tested\"",
                                "-c \"$smoke\" smoke-test true settings default.local CVMFS_QUOTA_LIMIT=9")),
                committed("load", "commit: kept", in -> in.push(true).load(true), "image rm --"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyOptionIsARow(Row row) {
        BuildPlan plan = BuildPlan.of(Specs.valid(row.options().apply(new ImageSpecBuilder())), "id");

        assertThat(about(plan, row.command()))
                .containsExactlyElementsOf(
                        row.expected().stream().map(BuildPlanTest::ordered).toList());
    }

    private static List<String> about(BuildPlan plan, String command) {
        if (command.equals(CHOICE)) {
            return plan.script()
                    .lines()
                    .filter(line -> line.startsWith("choose_builder ") || line.startsWith("say_choice "))
                    .map(line -> line.replaceFirst(" ['\"].*", ""))
                    .toList();
        } else if (command.matches("[a-z_]+=.*|phase .*")) {
            return plan.script()
                    .lines()
                    .filter(line -> line.startsWith(command))
                    .toList();
        }
        Stream<String> told = command.equals("docker run")
                ? plan.files().stream()
                        .filter(file -> file.path().equals("call"))
                        .map(file -> file.content().strip().replaceAll(" \\\\\n +", " "))
                : Stream.of();
        return Stream.concat(plan.steps().stream().map(Step::line).filter(line -> line.contains(command)), told)
                .map(BuildPlanTest::ordered)
                .toList();
    }

    /** Among different options of docker's the order means nothing; those of one name stay in theirs. */
    private static String ordered(String line) {
        if (!line.startsWith("docker buildx build")) {
            return line;
        }
        int end = line.indexOf(" -- ");
        return WORD.matcher(line.substring(0, end))
                        .results()
                        .map(MatchResult::group)
                        .sorted(Comparator.comparing((String word) -> word.replaceFirst("=.*", "")))
                        .collect(Collectors.joining(" "))
                + line.substring(end);
    }

    @Test
    void noOptionIsWithoutRow() {
        assertThat(rows().map(Row::option).collect(toSet())).isEqualTo(Specs.options());
    }

    @Test
    void theSamePlanEachTime() {
        rows().forEach(row -> {
            BuildPlan first = BuildPlan.of(Specs.valid(row.options().apply(new ImageSpecBuilder())), "id");
            BuildPlan again = BuildPlan.of(Specs.valid(row.options().apply(new ImageSpecBuilder())), "id");
            assertThat(again).as(row.toString()).isEqualTo(first);
            assertThat(again.render(true)).as(row.toString()).isEqualTo(first.render(true));
        });
    }

    @Test
    void buildsShareAKeptBuilderOfTheSameSettingsAlone() {
        Map<String, ImageSpecBuilder> others = new LinkedHashMap<>();
        others.put("image", Specs.dockerfile().builderImage("other/buildkit:1"));
        others.put("endpoint", Specs.dockerfile().builderDriver("remote").builderEndpoint("tcp://a:1"));
        others.put("other endpoint", Specs.dockerfile().builderDriver("remote").builderEndpoint("tcp://a:2"));
        others.put("driver option", Specs.dockerfile().builderDriverOpts(ordered("network", "host")));
        others.put("configuration", Specs.dockerfile().buildkitdConfig("debug = true"));
        others.put("limit", Specs.dockerfile().builderGc(Map.of("maxUsedSpace", "5GB")));
        others.put("node", Specs.dockerfile().builderNodes(List.of("endpoint=arm")));
        others.put("flag", Specs.dockerfile().buildkitdFlags(List.of("--debug")));
        others.put("entitlement", Specs.dockerfile().insecure(false));
        String usual = builderOf(Specs.dockerfile(), "one");

        assertThat(usual).matches("builder=cvmfs-derived-image-[0-9a-f]{12}");
        assertThat(builderOf(Specs.dockerfile().noCache(true).mounts("a.b").push(true), "two"))
                .isEqualTo(usual);
        others.forEach((setting, options) ->
                assertThat(builderOf(options, "one")).as(setting).isNotEqualTo(usual));
        assertThat(others.values().stream().map(options -> builderOf(options, "one")))
                .doesNotHaveDuplicates();
    }

    @Test
    void anEphemeralBuilderAndAContainerBelongToOneBuild() {
        assertThat(builderOf(Specs.dockerfile().builderKeep(false), "one"))
                .isEqualTo("builder=cvmfs-derived-image-one");
        assertThat(BuildPlan.of(Specs.valid(Specs.commit()), "two").script())
                .contains("\ncontainer=cvmfs-derived-image-two\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a b", "a;b", "a/b", "a\n"})
    void anInvalidIdIsRefused(String id) {
        assertThatThrownBy(() -> BuildPlan.of(Specs.valid(Specs.dockerfile()), id))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String builderOf(ImageSpecBuilder options, String id) {
        return BuildPlan.of(Specs.valid(options), id)
                .script()
                .lines()
                .filter(line -> line.startsWith("builder=") || line.equals("kind=docker"))
                .findFirst()
                .orElseThrow();
    }

    private static String append(int number) {
        return "docker buildx create --append --name=\"$builder\" --node=\"${builder}" + number + "\"";
    }

    private static Map<String, String> ordered(String... keysAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
