package io.jenkins.plugins.cvmfs.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each option allows, and what is said of anything else. */
class SpecRulesTest {
    private static final String HEX = "0123456789abcdef".repeat(4);
    private static final String URL = "https://example.org/setup.sh";

    /** A directory with a Dockerfile and a setup script. */
    private static final WorkspaceFiles FILES = new WorkspaceFiles() {
        @Override
        public boolean isFile(String path) {
            return Set.of("./Dockerfile", "sub/Dockerfile", "my file", "s.sh").contains(path);
        }

        @Override
        public boolean isDirectory(String path) {
            return Set.of(".", "sub").contains(path);
        }

        @Override
        public boolean isOutside(String path) {
            return path.startsWith("..");
        }

        @Override
        public boolean hides(String address) {
            return address.equals("https://example.org/hidden.git");
        }
    };

    /** An image that lacks only what a row adds. */
    private interface Base {
        ImageSpecBuilder with(String value);
    }

    private static final Map<String, Base> OPTIONS = Map.ofEntries(
            option("tags", value -> new ImageSpecBuilder().tags(List.of(value))),
            option("dockerfile", value -> Specs.dockerfile().dockerfile(value)),
            option("context", value -> Specs.dockerfile().dockerfile("my file").context(value)),
            option("target", value -> Specs.dockerfile().target(value)),
            option("setup", value -> Specs.dockerfile().setup(value)),
            option("setupFile", value -> Specs.dockerfile().setupFile(value)),
            option("setupUrl", value -> Specs.dockerfile().setupUrl(value).setupSha256(HEX)),
            option("setupSha256", value -> Specs.dockerfile().setupUrl(URL).setupSha256(value)),
            option("baseImage", value -> Specs.setup().baseImage(value)),
            option("strategy", value -> Specs.setup().strategy(value)),
            option("mounts", value -> Specs.dockerfile().mounts(value)),
            option("cvmfsAccess", value -> Specs.dockerfile().cvmfsAccess(value)),
            option("cvmfsHostPath", value -> Specs.dockerfile().cvmfsHostPath(value)),
            option("cvmfsHttpProxy", value -> Specs.dockerfile().cvmfsHttpProxy(value)),
            option("cvmfsQuotaLimit", value -> Specs.dockerfile().cvmfsQuotaLimit(value)),
            option("cvmfsProfile", value -> Specs.dockerfile().cvmfsProfile(value)),
            option("cvmfsCacheBase", value -> Specs.dockerfile().cvmfsCacheBase(value)),
            option(
                    "cvmfsPins",
                    value -> Specs.dockerfile().mounts("cms.cern.ch").cvmfsPins(List.of(value))),
            option("cvmfsParameters", value -> Specs.dockerfile().cvmfsParameters(List.of(value))),
            option("uid", value -> Specs.dockerfile().uid(value)),
            option("gid", value -> Specs.dockerfile().gid(value)),
            option("smokeTest", value -> Specs.dockerfile().smokeTest(value)),
            option("buildArgs", value -> Specs.dockerfile().buildArgs(List.of(value))),
            option("labels", value -> Specs.dockerfile().labels(List.of(value))),
            option("annotations", value -> Specs.dockerfile().sbom("true").annotations(List.of(value))),
            option("platforms", value -> Specs.dockerfile().platforms(List.of(value))),
            option("buildContexts", value -> Specs.dockerfile().buildContexts(List.of(value))),
            option("cache", value -> Specs.dockerfile().cache(value)),
            option("cacheFrom", value -> Specs.dockerfile().cacheFrom(List.of(value))),
            option("cacheTo", value -> Specs.dockerfile().cacheTo(List.of(value))),
            option("secrets", value -> Specs.dockerfile().secrets(List.of(value))),
            option("ssh", value -> Specs.dockerfile().ssh(List.of(value))),
            option("provenance", value -> Specs.dockerfile().provenance(value)),
            option("sbom", value -> Specs.dockerfile().sbom(value)),
            option("outputs", value -> Specs.dockerfile().outputs(List.of(value))),
            option("addHosts", value -> Specs.dockerfile().addHosts(List.of(value))),
            option("network", value -> Specs.setup().strategy("commit").network(value)),
            option("ulimits", value -> Specs.dockerfile().ulimits(List.of(value))),
            option("shmSize", value -> Specs.dockerfile().shmSize(value)),
            option("cgroupParent", value -> Specs.dockerfile().cgroupParent(value)),
            option("noCacheFilters", value -> Specs.dockerfile().noCacheFilters(List.of(value))),
            option("resources", value -> Specs.dockerfile().resources(List.of(value))),
            option("allow", value -> Specs.dockerfile().allow(List.of(value))),
            option("policy", value -> Specs.dockerfile().policy(List.of(value))),
            option("attests", value -> Specs.dockerfile().attests(List.of(value))),
            option("progress", value -> Specs.dockerfile().progress(value)),
            option("tagRules", value -> Specs.dockerfile().tagRules(List.of(value))),
            option("ociMetadata", value -> Specs.dockerfile().ociMetadata(value)),
            option("call", value -> Specs.dockerfile().call(List.of(value))),
            option("builderName", value -> Specs.dockerfile().builderName(value)),
            option(
                    "builderDriver",
                    value -> Specs.dockerfile()
                            .builderName("mine")
                            .builderDriver(value)
                            .builderEndpoint("remote".equals(value) ? "tcp://a:1" : null)),
            option(
                    "builderEndpoint",
                    value -> Specs.dockerfile().builderDriver("remote").builderEndpoint(value)),
            option("builderImage", value -> Specs.dockerfile().builderImage(value)),
            option("builderDriverOpts", value -> Specs.dockerfile().builderDriverOpts(List.of(value))),
            option(
                    "builderCertificates",
                    value -> Specs.dockerfile()
                            .builderDriver("remote")
                            .builderEndpoint("tcp://a:1")
                            .builderCertificates(Map.of("cacert", value))),
            option("builderNodes", value -> Specs.dockerfile().builderNodes(List.of(value))),
            option("builderGc", value -> Specs.dockerfile().builderGc(List.of(value))),
            option("buildkitdConfig", value -> Specs.dockerfile().buildkitdConfig(value)),
            option("buildkitdFlags", value -> Specs.dockerfile().buildkitdFlags(List.of(value))));

    /** Every value of these is allowed by itself. */
    private static final Set<String> SWITCHES = Set.of(
            "cvmfsUseCdn",
            "load",
            "push",
            "insecure",
            "wipeCache",
            "noCache",
            "pull",
            "builderKeep",
            "recordOutputs",
            "recordManifest",
            "archiveOutputs",
            "buildRecord");

    private static final Map<String, List<String>> GOOD = Map.ofEntries(
            Map.entry("tags", List.of("a", "example.org:5000/a/b:1")),
            Map.entry("dockerfile", List.of("my file", "sub/Dockerfile")),
            Map.entry(
                    "context",
                    List.of(
                            ".",
                            "sub",
                            "https://example.org/a.git#main",
                            "git@example.org:a.git",
                            "github.com/a/b",
                            "ssh://h/a")),
            Map.entry("target", List.of("final", "-x y")),
            Map.entry("setup", List.of("x", "#!/bin/bash\necho 'é' \"$x\"\n", "x".repeat(500_000))),
            Map.entry("setupFile", List.of("s.sh", "my file")),
            Map.entry("setupUrl", List.of(URL, "http://127.0.0.1:8080/a?b=c#d", "HTTPS://h/a", "https://[::1]/a")),
            Map.entry("setupSha256", List.of(HEX, HEX.replace('a', 'A'), "sha256:" + HEX)),
            Map.entry("baseImage", List.of("debian", "example.org/a:1@sha256:" + HEX)),
            Map.entry("strategy", List.of("buildx", "commit")),
            Map.entry("mounts", List.of("", "all", "none", "cms.cern.ch oasis.opensciencegrid.org")),
            Map.entry("cvmfsAccess", List.of("client", "host", "auto")),
            Map.entry("cvmfsHostPath", List.of("/cvmfs", "/sw/c.v-m_fs")),
            Map.entry(
                    "cvmfsHttpProxy",
                    List.of(
                            "DIRECT",
                            "auto",
                            "auto;DIRECT",
                            "http://squid:3128",
                            "squid.example.org:3128|[::1]:80;DIRECT",
                            "http://a:3128|http://b.example.org:3128;https://[::1]:80/;DIRECT",
                            "http://10.0.0.1|DIRECT")),
            Map.entry("cvmfsQuotaLimit", List.of("4000", "-1", "1")),
            Map.entry("cvmfsProfile", List.of("single")),
            Map.entry("cvmfsCacheBase", List.of("/var/lib/cvmfs", "/a/.b/c..d")),
            Map.entry(
                    "cvmfsPins",
                    List.of(
                            "cms.cern.ch=" + HEX.substring(0, 40),
                            "cms.cern.ch=" + HEX.substring(0, 40) + "-shake128",
                            "cms.cern.ch=tag:v1.2-rc_3",
                            "cms.cern.ch=tag:generic-2026-11-24T10:00:00Z",
                            "cms.cern.ch=date:2026-01-31T12:00:00Z")),
            Map.entry("cvmfsParameters", List.of("CVMFS_NFILES=4096", "CVMFS_A=b c 'd' \"$e\"", "CVMFS_A=")),
            Map.entry("uid", List.of("0", "1000", "4294967294", "007")),
            Map.entry("gid", List.of("0", "1000", "4294967294")),
            Map.entry("smokeTest", List.of("true", "cd /tmp &&\n  echo \"$x\" 'é'")),
            Map.entry("buildArgs", List.of("A=b", "_a1=", "A=b=c", "A=\n'")),
            Map.entry("labels", List.of("a=b", "org.opencontainers.image.title=x y", "a=")),
            Map.entry("annotations", List.of("a=b", "index:a=b", "manifest[linux/amd64]:a=b\nc")),
            Map.entry("platforms", List.of("linux/amd64", "linux/arm/v7", "linux")),
            Map.entry("buildContexts", List.of("a=.", "debian:12=docker-image://x", "a/b=https://h/x.git")),
            Map.entry(
                    "cache",
                    List.of(
                            "registry.example.org/cms/cache",
                            "localhost:5000/c:main",
                            "c,mode=min,ignore-error=false,compression=zstd,compression-level=3")),
            Map.entry("cacheFrom", List.of("a/b:c", "type=local,src=x")),
            Map.entry("cacheTo", List.of("type=inline")),
            Map.entry("secrets", List.of("id=a", "id=a,src=b c", "id=a_b.c-1,env=D", "type=file,id=a,src=b")),
            Map.entry("ssh", List.of("default", "k=/a b")),
            Map.entry("provenance", List.of("true", "false", "mode=max")),
            Map.entry("sbom", List.of("true", "generator=a/b:1")),
            Map.entry("outputs", List.of("type=oci,dest=a", "out", "-")),
            Map.entry("addHosts", List.of("h:10.0.0.1", "h=::1", "h:[::1]", "h:host-gateway")),
            Map.entry("network", List.of("host", "none", "default", "my_net", "container:a")),
            Map.entry("ulimits", List.of("nofile=1024", "nofile=1024:4096", "core=-1")),
            Map.entry("shmSize", List.of("64m", "1g", "100", "1.5gb")),
            Map.entry("cgroupParent", List.of("/builds", "builds.slice", "/docker/a-1_b@c:d", "a/b")),
            Map.entry("noCacheFilters", List.of("build", "Stage-1_b.c", "0")),
            Map.entry(
                    "resources",
                    List.of("memory=2g", "memory=1.5gb", "memory-swap=-1", "cpu-quota=50000", "cpuset-cpus=0-3,5")),
            Map.entry(
                    "allow",
                    List.of(
                            "network.host",
                            "device",
                            "device=vendor.example/gpu",
                            "device=vendor.example/gpu=0",
                            "device=vendor.example/gpu=0,alias=nvidia.com/gpu=all")),
            Map.entry(
                    "policy",
                    List.of(
                            "filename=a.rego",
                            "filename=a b.rego,filename=c,strict=true",
                            "reset=true",
                            "log-level=debug")),
            Map.entry(
                    "attests",
                    List.of(
                            "type=provenance",
                            "type=provenance,mode=max",
                            "generator=a/b:1,type=sbom",
                            "type=sbom,disabled=true")),
            Map.entry("progress", List.of("auto", "plain", "quiet", "rawjson")),
            Map.entry(
                    "tagRules",
                    List.of(
                            "type=ref,event=branch",
                            "type=ref,event=pr,prefix=change-",
                            "type=semver,pattern={{version}}",
                            "type=semver,pattern=v{{major}}.{{ minor }},value={{tag}}",
                            "type=sha,format=long,prefix=,suffix=-x",
                            "type=schedule,pattern={{date 'YYYYMMDD-HHmm' tz='Europe/Zurich'}}",
                            "type=edge,branch=develop",
                            "type=raw,value=latest,enable={{is_default_branch}},priority=1000",
                            "type=raw,value={{branch}}-{{sha}}-{{build_number}}-{{date 'X'}}")),
            Map.entry("ociMetadata", List.of("none", "labels", "annotations", "all")),
            Map.entry("call", List.of("build", "check", "outline", "targets")),
            Map.entry("builderName", List.of("mine", "My-1._x")),
            Map.entry(
                    "builderDriver", List.of("auto", "docker-container", "docker", "remote", "kubernetes", "existing")),
            Map.entry(
                    "builderEndpoint",
                    List.of(
                            "tcp://buildkit.example.org:1234",
                            "tcp://[::1]:1",
                            "unix:///run/buildkit/buildkitd.sock",
                            " tcp://a:1\n  unix:///b ")),
            Map.entry("builderImage", List.of("moby/buildkit:v0.32.2", "a@sha256:" + HEX)),
            Map.entry("builderDriverOpts", List.of("network=host", "env.A=b,c \"d\"", "a=")),
            Map.entry("builderCertificates", List.of("/a b/ca.pem")),
            Map.entry(
                    "builderNodes",
                    List.of(
                            "endpoint=arm platform=linux/arm64,linux/arm/v7",
                            "endpoint=ssh://ci@arm.example.org platform=linux/arm64 memory=4g",
                            "endpoint=my-context",
                            "endpoint=unix:///run/a.sock network=host")),
            Map.entry(
                    "builderGc",
                    List.of("maxUsedSpace=50GB", "reservedSpace=10%", "minFreeSpace=1000000000", "maxUsedSpace=100%")),
            Map.entry("buildkitdConfig", List.of("debug = true\n", "é")),
            Map.entry("buildkitdFlags", List.of("--debug", "--oci-worker-gc=false")));

    private static final Map<String, List<String>> BAD = Map.ofEntries(
            Map.entry("tags", List.of("A", "", "a b", "a:1:2", "--rm", "a@sha256:" + HEX)),
            Map.entry("dockerfile", List.of("-", "none", ".", "../Dockerfile")),
            Map.entry("context", List.of("-", "none", "ftp://h/a", "..", "https://example.org/hidden.git")),
            Map.entry("setupFile", List.of("-", "none", "../s.sh")),
            Map.entry(
                    "setupUrl",
                    List.of(
                            "x",
                            "ftp://h/a",
                            "file:///etc/passwd",
                            "https://user:pw@h/a",
                            "https:///a",
                            "http://h/a b",
                            "-o")),
            Map.entry("setupSha256", List.of("abc", HEX.substring(1), HEX + "0", "sha1:" + HEX, "SHA256:" + HEX)),
            Map.entry("baseImage", List.of("A", "a b", "a\nRUN x", "a@sha256:1")),
            Map.entry("strategy", List.of("Commit", "docker", "x")),
            Map.entry("mounts", List.of("cms", "cms.cern.ch;a.b", "all none", "/cvmfs/cms.cern.ch")),
            Map.entry("cvmfsAccess", List.of("Host", "agent", "host ")),
            Map.entry("cvmfsHostPath", List.of("/", "cvmfs", "/a/../etc", "/a,b", "/a b", "/a\"b", "/a:b", "/a\n")),
            Map.entry(
                    "cvmfsHttpProxy",
                    List.of(
                            ";",
                            "DIRECT;",
                            "|DIRECT",
                            "direct",
                            "auto|DIRECT",
                            "squid",
                            "http://u:p@squid:3128",
                            "http://a b",
                            "ftp://a",
                            "DIRECT DIRECT",
                            "http://a:123456",
                            "http://",
                            "DIRECT\n")),
            Map.entry("cvmfsQuotaLimit", List.of("0", "-2", "4G", "1.5", "9999999999", " 1")),
            Map.entry("cvmfsProfile", List.of("Single", "x")),
            Map.entry(
                    "cvmfsCacheBase",
                    List.of(
                            "/",
                            "/cache",
                            "var/cache",
                            "/a/../b",
                            "/a/./b",
                            "/a/..",
                            "/a//b",
                            "/a/b/",
                            "/a/b c",
                            "/a/b,c",
                            "/a/b\n")),
            Map.entry(
                    "cvmfsPins",
                    List.of(
                            "cms.cern.ch",
                            "cms.cern.ch=",
                            "cms.cern.ch=" + HEX.substring(0, 39),
                            "cms.cern.ch=tag:",
                            "cms.cern.ch=tag:a b",
                            "cms=tag:a",
                            "cms.cern.ch=" + HEX.substring(0, 40) + "-sha1",
                            "cms.cern.ch=date:2026-01-31",
                            "cms.cern.ch=latest",
                            "other.cern.ch=tag:a",
                            "cms.cern.ch=tag:a\nCVMFS_X=1")),
            Map.entry(
                    "cvmfsParameters",
                    List.of(
                            "CVMFS_A",
                            "=b",
                            "NFILES=1",
                            "cvmfs_nfiles=1",
                            "CVMFS_A=b\nc",
                            "CVMFS_USER=me",
                            "CVMFS_HTTP_PROXY=DIRECT",
                            "CVMFS_ROOT_HASH=a",
                            "CVMFS_MOUNTS=all")),
            Map.entry("uid", List.of("x", "-1", "1.5", "4294967295", "99999999999", " 1", "١", "1\n")),
            Map.entry("gid", List.of("users", "-1", "4294967295", "$(id -g)")),
            Map.entry(
                    "buildArgs",
                    List.of(
                            "A",
                            "=b",
                            "1A=b",
                            "A-B=c",
                            "a b=c",
                            "é=b",
                            "ARG_CVMFS_MOUNTS=x",
                            "ARG_MY_UID=1",
                            "ARG_MY_GID=1")),
            Map.entry("labels", List.of("a", "=b", " a=b", "a\n=b")),
            Map.entry("annotations", List.of("a", "=b", "a b=c", "a\n=b")),
            Map.entry("platforms", List.of("", "Linux/amd64", "linux/", "linux/a/b/c", "linux amd64", "linux/amd64,")),
            Map.entry("buildContexts", List.of("a", "=b", "A=b", " a=b", "a b=c")),
            Map.entry(
                    "cache",
                    List.of(
                            "A",
                            "a b",
                            "type=registry,ref=a",
                            "a,",
                            "a,mode=some",
                            "a,type=local",
                            "a:feature/x",
                            "a@sha256:" + HEX,
                            "\"a")),
            Map.entry("cacheFrom", List.of("")),
            Map.entry("cacheTo", List.of("")),
            Map.entry("secrets", List.of("", "src=a", "id=", "id=,src=a", "id=a b", "id=x\nRUN y", "ID=a")),
            Map.entry("ssh", List.of("", "a b", "default=", "a,b", "a\nRUN x")),
            Map.entry("outputs", List.of("")),
            Map.entry("addHosts", List.of("h", "h:", "h:x", ":1.2.3.4", "h h:1.2.3.4")),
            Map.entry("network", List.of("a b", "-x", "$(x)", "a/b")),
            Map.entry("ulimits", List.of("nofile", "nofile=", "nofile=x", "nofile=1:2:3", "NOFILE=1")),
            Map.entry("shmSize", List.of("x", "64x", "-1", "1 g", "m")),
            Map.entry("cgroupParent", List.of("/", "..", "/a/../b", "a/", "/a//b", "a b", "-x", "a\n")),
            Map.entry("noCacheFilters", List.of("", "a b", "a,", "-x", "a\nb")),
            Map.entry(
                    "resources",
                    List.of("memory", "memory=", "cpus=2", "memory=lots", "memory=2g --privileged", "cpuset-cpus=0-")),
            Map.entry(
                    "allow",
                    List.of(
                            "",
                            "security.insecure",
                            "buildx.local.delete",
                            "network.none",
                            "device=",
                            "device=a b",
                            "device=a,b",
                            "NETWORK.HOST")),
            Map.entry(
                    "policy",
                    List.of("", "a.rego", "filename=", "filename=../a", "strict=yes", "log-level=loud", "x=y")),
            Map.entry(
                    "attests",
                    List.of(
                            "",
                            "sbom",
                            "type=slsa",
                            "mode=max",
                            "type=sbom,type=provenance",
                            "type=sbom,x",
                            "type=sbom,a=\n")),
            Map.entry("progress", List.of("tty", "none", "Plain")),
            Map.entry(
                    "tagRules",
                    List.of(
                            "",
                            "latest",
                            "type=pep440,pattern={{version}}",
                            "type=match,pattern=.*",
                            "type=ref",
                            "type=ref,event=push",
                            "type=semver",
                            "type=semver,pattern={{branch}}",
                            "type=sha,format=medium",
                            "type=sha,value=x",
                            "type=raw",
                            "type=raw,value={{env}}",
                            "type=raw,value={{date 'yyyy'}}",
                            "type=raw,value={{date 'YYYY' tz='$(x)'}}",
                            "type=raw,value=x,enable=1",
                            "type=raw,value=x,priority=-1",
                            "type=raw,value=x,value=y")),
            Map.entry("ociMetadata", List.of("true", "Labels", "label")),
            Map.entry("call", List.of("lint", "check,format=json", "Check")),
            Map.entry(
                    "builderName",
                    List.of(
                            "1a",
                            "-a",
                            "a b",
                            "a/b",
                            "é",
                            "a".repeat(129),
                            "cvmfs-derived-image-0",
                            "CVMFS-Derived-Image-x")),
            Map.entry("builderDriver", List.of("Docker", "Kubernetes", "x")),
            Map.entry(
                    "builderEndpoint",
                    List.of(
                            "a:1",
                            "tcp://a",
                            "tcp://:1",
                            "tcp://a:1/b",
                            "http://a:1",
                            "unix://a",
                            "unix:///a b",
                            "tcp://a:1,tcp://b:1",
                            "tcp://a:1 b:1",
                            "--x")),
            Map.entry("builderImage", List.of("A", "a b", "--x")),
            Map.entry("builderDriverOpts", List.of("a", "=b", "a b=c", "image=x", "a=b\nc", "a=\u0007")),
            Map.entry("builderCertificates", List.of("ca.pem", "")),
            Map.entry(
                    "builderNodes",
                    List.of(
                            "",
                            "linux/arm64",
                            "platform=linux/arm64",
                            "endpoint=a platform=arm64",
                            "endpoint=a platform=",
                            "endpoint=a platform=linux/arm64,",
                            "endpoint=",
                            "endpoint=--x",
                            "endpoint=ftp://a b",
                            "=a",
                            "a=b a=c",
                            "endpoint=a image=x",
                            "endpoint=a b=\nc")),
            Map.entry(
                    "builderGc",
                    List.of(
                            "maxUsedSpace",
                            "keep=5GB",
                            "maxUsedSpace=",
                            "maxUsedSpace=0",
                            "maxUsedSpace=5 GB",
                            "maxUsedSpace=5G\"",
                            "maxUsedSpace=101%",
                            "minFreeSpace=-1")),
            Map.entry(
                    "buildkitdFlags",
                    List.of("", "debug", "-d", "--a b", "--a=b c", "--a='b'", "--a=\\", "--A", "--a\n")));

    /** Any text without NUL is allowed. */
    private static final Set<String> ANYTHING =
            Set.of("smokeTest", "target", "setup", "buildkitdConfig", "provenance", "sbom");

    private static Map.Entry<String, Base> option(String name, Base base) {
        return Map.entry(name, base);
    }

    static Stream<Arguments> good() {
        return GOOD.entrySet().stream()
                .flatMap(row -> row.getValue().stream().map(value -> Arguments.of(row.getKey(), value)));
    }

    static Stream<Arguments> bad() {
        return BAD.entrySet().stream()
                .flatMap(row -> row.getValue().stream().map(value -> Arguments.of(row.getKey(), value)));
    }

    @ParameterizedTest
    @MethodSource("good")
    void isAllowed(String option, String value) {
        assertThat(problems(OPTIONS.get(option).with(value))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void isRefusedByName(String option, String value) {
        List<Problem> problems = problems(OPTIONS.get(option).with(value));

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).option()).isEqualTo(option);
        assertThat(problems.get(0).value())
                .satisfiesAnyOf(
                        told -> assertThat(value).contains(told),
                        told -> assertThat(told).contains(value));
        assertThat(problems.get(0).text()).hasSizeGreaterThan(10);
        assertThat(problems.get(0).message())
                .startsWith("Invalid " + option + " '")
                .doesNotContain("\n");
    }

    @Test
    void everyOptionHasRows() {
        Set<String> texts = new LinkedHashSet<>(Specs.options());
        texts.removeAll(SWITCHES);

        assertThat(OPTIONS.keySet()).isEqualTo(texts);
        assertThat(GOOD.keySet()).isEqualTo(texts);
        assertThat(Stream.concat(BAD.keySet().stream(), ANYTHING.stream())).containsExactlyInAnyOrderElementsOf(texts);
    }

    @ParameterizedTest
    @MethodSource("optionsWithText")
    void nulIsRefusedEverywhere(String option) {
        for (String value : List.of("a=b\0", "\0", "id=a,src=\0", "a=\0b")) {
            assertThat(problems(OPTIONS.get(option).with(value)))
                    .as(value)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.option()).isEqualTo(option));
        }
    }

    @ParameterizedTest
    @MethodSource("optionsWithText")
    void halfASurrogatePairIsRefusedEverywhere(String option) {
        for (String value : List.of("a=\ud800", "id=a,src=\udc00x")) {
            assertThat(problems(OPTIONS.get(option).with(value)))
                    .as(option)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.option()).isEqualTo(option));
        }
    }

    @ParameterizedTest
    @MethodSource("optionsWithText")
    void nulIsRefusedExceptInFiles(String option) {
        List<Problem> problems = problems(OPTIONS.get(option).with("id=a,src=" + "é".repeat(70_000)));

        if (Set.of("setup", "buildkitdConfig").contains(option)) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems)
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.option()).isEqualTo(option));
        }
    }

    static Collection<String> optionsWithText() {
        return OPTIONS.keySet();
    }

    static Stream<Arguments> combinations() {
        return Stream.of(
                refused("no tag", in -> new ImageSpecBuilder(), "Missing tags: name at least one"),
                refused(
                        "no Dockerfile",
                        in -> in.context("sub").dockerfile("none"),
                        "Invalid dockerfile 'none': no such file"),
                refused(
                        "no default Dockerfile",
                        in -> in.context("none"),
                        "Invalid dockerfile 'none/Dockerfile'",
                        "Invalid context 'none'"),
                refused(
                        "commit with a Dockerfile",
                        in -> in.strategy("commit"),
                        "Invalid strategy 'commit': it needs a setup script"),
                refused(
                        "commit with a Dockerfile by name",
                        in -> in.strategy("commit").dockerfile("my file"),
                        "Invalid dockerfile 'my file': strategy commit builds from a setup script",
                        "Invalid strategy 'commit': it needs a setup script"),
                refused(
                        "setup with a Dockerfile",
                        in -> in.setup("x").dockerfile("my file").context("sub").target("t"),
                        "Invalid dockerfile 'my file': not allowed with a setup script",
                        "Invalid context 'sub'",
                        "Invalid target 't'"),
                refused(
                        "three setups",
                        in -> in.setup("x").setupFile("s.sh").setupUrl(URL),
                        "Invalid setupFile 's.sh': expected only one of setup, setupFile and setupUrl",
                        "Invalid setupUrl '" + URL + "': expected only one"),
                refused(
                        "file and URL",
                        in -> in.setupFile("s.sh").setupUrl(URL).setupSha256(HEX),
                        "Invalid setupUrl '" + URL + "': expected only one"),
                refused(
                        "URL without sha256",
                        in -> in.setupUrl(URL),
                        "Missing setupSha256: setupUrl needs it, so that only the intended script is run. "
                                + "Fix: read the script, and get its digest with: curl -fsSL '"
                                + URL + "' | sha256sum"),
                refused(
                        "sha256 without URL",
                        in -> in.setupSha256(HEX),
                        "Invalid setupSha256 '" + HEX + "': it is the digest of setupUrl"),
                refused(
                        "base image with a Dockerfile",
                        in -> in.baseImage("debian"),
                        "Invalid baseImage 'debian': it applies to setup scripts only"),
                refused(
                        "nothing to output",
                        in -> in.load(false),
                        "Invalid load 'false': without push and outputs the build would have no result"),
                refused(
                        "mounting setup without entitlement",
                        in -> in.setup("x").mounts("all").insecure(false),
                        "Invalid insecure 'false': expected true"),
                refused(
                        "a check of no Dockerfile",
                        in -> in.setup("x").call(List.of("check")),
                        "Invalid call 'check': it applies to Dockerfiles only"),
                refused(
                        "an archive of no outputs",
                        in -> in.outputs(List.of("type=image")).archiveOutputs(true),
                        "Invalid archiveOutputs 'true': it needs outputs that write a file or directory"),
                refused(
                        "a record of no build",
                        in -> in.call(List.of("check")).buildRecord(true),
                        "Invalid buildRecord 'true': call without build builds nothing"),
                refused(
                        "a test of no image",
                        in -> in.smokeTest("true").call(List.of("check")),
                        "Invalid smokeTest 'true': call without build makes no image"),
                refused(
                        "a test of several images",
                        in -> in.smokeTest("true").push(true).platforms(List.of("linux/amd64", "linux/arm64")),
                        "Invalid smokeTest 'true': it needs a single platform"),
                refused(
                        "a remote builder without endpoint",
                        in -> in.builderDriver("remote"),
                        "Missing builderEndpoint"),
                refused(
                        "settings of a BuildKit that runs already",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderImage("a")
                                .buildkitdConfig("c")
                                .buildkitdFlags(List.of("--d"))
                                .builderDriverOpts(Map.of("network", "host")),
                        "Invalid builderImage 'a': it needs driver docker-container or kubernetes, and the driver is remote; omit it, or set",
                        "Invalid builderDriverOpts 'network=host': driver remote accepts only cacert, cert, key and servername",
                        "Invalid buildkitdConfig 'c'",
                        "Invalid buildkitdFlags '--d'"),
                refused(
                        "pods without root and an image that needs it",
                        in -> in.builderDriver("kubernetes")
                                .builderImage("moby/buildkit:v0.32.2")
                                .builderDriverOpts(Map.of("rootless", "true")),
                        "Invalid builderImage 'moby/buildkit:v0.32.2': with rootless=true expected an image of BuildKit "
                                + "that needs no root, such as moby/buildkit:v0.32.2-rootless"),
                refused(
                        "a setup script in pods without root",
                        in -> Specs.setup().builderDriver("kubernetes").builderDriverOpts(Map.of("rootless", "true")),
                        "Invalid builderDriverOpts 'rootless=true': a setup script mounts CVMFS, and only pods with root "
                                + "have /dev/fuse"),
                refused(
                        "a volume that would outlive its builder",
                        in -> in.builderDriver("kubernetes")
                                .builderKeep(false)
                                .builderDriverOpts(Map.of("persistent-volume-claim.requests.storage", "20Gi")),
                        "Invalid builderDriverOpts 'persistent-volume-claim.requests.storage=20Gi': the volume is for "
                                + "the cache of a builder that is kept"),
                refused(
                        "half a client certificate, at a path that depends on the directory",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderDriverOpts(Map.of("cert", "c.pem")),
                        "Invalid builderDriverOpts 'cert=c.pem': expected the absolute path of a file on the agent",
                        "Invalid builderDriverOpts '{cert=c.pem}': cert and key go together"),
                refused(
                        "an endpoint of a builder that is made",
                        in -> in.builderEndpoint("tcp://a:1"),
                        "Invalid builderEndpoint 'tcp://a:1': it needs driver remote, and the driver is docker-container"),
                refused(
                        "a client certificate of a builder that is made",
                        in -> in.builderDriver("docker-container").builderCertificates(Map.of("cacert", "/c")),
                        "Invalid builderCertificates 'of credentialsId': it needs driver remote, and the driver is docker-container"),
                refused(
                        "a client certificate twice, and no key",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderDriverOpts(Map.of("cert", "/a"))
                                .builderCertificates(Map.of("cert", "/b")),
                        "Invalid builderDriverOpts 'cert=/a': the client certificate has it already",
                        "Invalid builderDriverOpts '{cert=/b}': cert and key"),
                refused(
                        "nodes of a remote builder",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1")
                                .builderNodes(List.of(
                                        "platform=linux/arm64", "endpoint=ssh://a", "endpoint=tcp://a:2 memory=1g")),
                        "Invalid builderNodes 'platform=linux/arm64': it needs an endpoint",
                        "Invalid builderNodes 'ssh://a': expected tcp://host:port or unix:///path",
                        "Invalid builderNodes 'memory=1g': driver remote accepts only cacert, cert, key and servername"),
                refused(
                        "several endpoints, one of which is none",
                        in -> in.builderDriver("remote").builderEndpoint("tcp://a:1 b"),
                        "Invalid builderEndpoint 'b': expected tcp://host:port or unix:///path"),
                refused(
                        "an endpoint twice, and nodes besides several",
                        in -> in.builderDriver("remote")
                                .builderEndpoint("tcp://a:1 tcp://b:1 tcp://a:1")
                                .builderNodes(List.of("endpoint=tcp://c:1")),
                        "Invalid builderEndpoint 'tcp://a:1': expected each endpoint once",
                        "Invalid builderNodes 'endpoint=tcp://c:1': further nodes go with one endpoint; with several in "
                                + "builderEndpoint, one of them builds an image"),
                refused(
                        "more endpoints than a build can wait for",
                        in -> in.builderDriver("remote")
                                .builderEndpoint(IntStream.rangeClosed(1, 17)
                                        .mapToObj(port -> "tcp://a:" + port)
                                        .collect(Collectors.joining(" "))),
                        "Invalid builderEndpoint '17 endpoints': expected at most 16 endpoints"),
                refused(
                        "a node of a cluster elsewhere",
                        in -> in.builderDriver("kubernetes").builderNodes(List.of("endpoint=tcp://a:1")),
                        "Invalid builderNodes 'endpoint=tcp://a:1': a node of driver kubernetes has no endpoint"),
                refused(
                        "nodes and limits of a builder that is not made",
                        in -> in.builderDriver("docker")
                                .builderNodes(List.of("endpoint=a"))
                                .builderGc(Map.of("maxUsedSpace", "1GB")),
                        "Invalid builderNodes 'endpoint=a': it needs driver docker-container or remote or kubernetes, and the driver is docker",
                        "Invalid builderGc 'maxUsedSpace=1GB'"),
                refused(
                        "limits said twice",
                        in -> in.builderGc(Map.of("maxUsedSpace", "1GB"))
                                .buildkitdConfig("[worker.oci]\n  gc = false\n"),
                        "Invalid builderGc 'maxUsedSpace=1GB': buildkitdConfig has [worker.oci] already"),
                refused("an existing builder without name", in -> in.builderDriver("existing"), "Missing builderName"),
                refused(
                        "settings of a builder that is not made",
                        in -> in.builderName("mine")
                                .builderImage("a")
                                .builderKeep(false)
                                .builderDriverOpts(Map.of("a", "b"))
                                .buildkitdConfig("c")
                                .buildkitdFlags(List.of("--d")),
                        "Invalid builderImage 'a': it needs driver docker-container or kubernetes, and the driver is existing",
                        "Invalid builderKeep 'false'",
                        "Invalid builderDriverOpts 'a=b'",
                        "Invalid buildkitdConfig 'c'",
                        "Invalid buildkitdFlags '--d'"),
                refused(
                        "what commit cannot do",
                        in -> in.strategy("commit")
                                .setup("x")
                                .annotations(List.of("a=b"))
                                .platforms(List.of("linux"))
                                .buildContexts(Map.of("a", "b"))
                                .cacheFrom(List.of("a"))
                                .cacheTo(List.of("a"))
                                .noCache(true)
                                .secrets(List.of("id=a"))
                                .ssh(List.of("a"))
                                .provenance("true")
                                .sbom("true")
                                .noCacheFilters(List.of("a"))
                                .allow(List.of("network.host"))
                                .policy(List.of("filename=a"))
                                .attests(List.of("type=sbom"))
                                .outputs(List.of("a")),
                        "Invalid annotations 'a=b': strategy commit does not support it",
                        "Invalid platforms '",
                        "Invalid buildContexts '",
                        "Invalid cacheFrom '",
                        "Invalid cacheTo '",
                        "Invalid noCache 'true'",
                        "Invalid noCacheFilters 'a'",
                        "Invalid secrets '",
                        "Invalid ssh '",
                        "Invalid provenance '",
                        "Invalid sbom '",
                        "Invalid outputs '",
                        "Invalid allow 'network.host'",
                        "Invalid policy 'filename=a'",
                        "Invalid attests 'type=sbom'"),
                refused(
                        "one attestation in two ways",
                        in -> in.provenance("true")
                                .sbom("false")
                                .attests(List.of("type=provenance,mode=max", "type=sbom", "disabled=true,type=sbom")),
                        "Invalid attests 'type=sbom': expected each name once",
                        "Invalid attests 'type=provenance,mode=max': provenance is short for the same attestation",
                        "Invalid attests 'disabled=true,type=sbom': sbom is short"),
                refused(
                        "what the BuildKit of a builder that is made cannot do",
                        in -> in.builderImage("moby/buildkit:v0.25.0-rootless")
                                .resources(Map.of("memory", "2g"))
                                .policy(List.of("filename=a"))
                                .attests(List.of("type=sbom"))
                                .sbom("false"),
                        "Invalid resources 'memory=2g': it needs BuildKit 0.31 or later, and builderImage is "
                                + "0.25.0; update it, or",
                        "Invalid policy 'filename=a': it needs BuildKit 0.26",
                        "Invalid attests 'type=sbom': sbom is short"),
                refused(
                        "no cache at all and for some",
                        in -> in.noCache(true).noCacheFilters(List.of("a", "b")),
                        "Invalid noCacheFilters 'a b': noCache already rebuilds every stage"),
                refused(
                        "a builder with commit",
                        in -> in.strategy("commit")
                                .setup("x")
                                .builderName("a")
                                .builderDriver("docker")
                                .builderImage("a")
                                .builderKeep(false)
                                .builderDriverOpts(Map.of("a", "b"))
                                .buildkitdConfig("c")
                                .buildkitdFlags(List.of("--d")),
                        "Invalid builderName 'a': strategy commit uses no builder",
                        "Invalid builderDriver '",
                        "Invalid builderImage '",
                        "Invalid builderKeep '",
                        "Invalid builderDriverOpts '",
                        "Invalid buildkitdConfig '",
                        "Invalid buildkitdFlags '"),
                refused(
                        "an entitlement with commit",
                        in -> in.strategy("commit").setup("x").insecure(false),
                        "Invalid insecure 'false': strategy commit has"),
                refused(
                        "commit's wiping with buildx",
                        in -> in.wipeCache(false),
                        "Invalid wipeCache 'false': it applies to strategy commit"),
                refused(
                        "variables of commit",
                        in -> in.strategy("commit").setup("x").buildArgs(Map.of("MY_UID", "1")),
                        "Invalid buildArgs 'MY_UID=1': this one follows from mounts, uid and gid"),
                refused(
                        "pins of what is not mounted",
                        in -> in.mounts("none").cvmfsPins(List.of("a.b=tag:c")),
                        "Invalid cvmfsPins 'a.b=tag:c': only a repository of mounts can be pinned"),
                refused(
                        "two pins of one repository",
                        in -> in.mounts("a.b").cvmfsPins(List.of("a.b=tag:c", "a.b=tag:d")),
                        "Invalid cvmfsPins 'a.b=tag:d': expected one pin for each repository"),
                refused(
                        "names given twice",
                        in -> in.secrets(List.of("id=a", "type=file,id=a,src=b", "id=b"))
                                .ssh(List.of("default", "k=/a", "default=/b")),
                        "Invalid secrets 'a': expected each name once",
                        "Invalid ssh 'default': expected each name once"),
                refused(
                        "all at once",
                        in -> new ImageSpecBuilder()
                                .tags(List.of("A", "b c"))
                                .strategy("x")
                                .dockerfile("none")
                                .mounts("cms")
                                .uid("me")
                                .gid("us")
                                .load(false)
                                .buildArgs(List.of("1=2", "x"))
                                .platforms(List.of("a b"))
                                .network("a b")
                                .builderName("1")
                                .builderImage("B"),
                        "Invalid tags 'A'",
                        "Invalid tags 'b c'",
                        "Invalid mounts 'cms'",
                        "Invalid dockerfile 'none'",
                        "Invalid strategy 'x': expected buildx or commit",
                        "Invalid uid 'me': expected a number from 0 to 4294967294",
                        "Invalid gid 'us'",
                        "Invalid load 'false'",
                        "Invalid buildArgs 'x'",
                        "Invalid buildArgs '1'",
                        "Invalid platforms 'a b'",
                        "Invalid network 'a b'",
                        "Invalid builderName '1'",
                        "Invalid builderImage 'B'"));
    }

    private static Arguments refused(String name, UnaryOperator<ImageSpecBuilder> options, String... messages) {
        return Arguments.of(name, options, List.of(messages));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("combinations")
    void eachMistakeIsReported(String name, UnaryOperator<ImageSpecBuilder> options, List<String> messages) {
        List<String> told = problems(options.apply(Specs.dockerfile())).stream()
                .map(Problem::message)
                .toList();

        assertThat(told).as(String.join("\n", told)).hasSameSizeAs(messages);
        for (int i = 0; i < told.size(); i++) {
            assertThat(told.get(i)).startsWith(messages.get(i));
        }
    }

    @Test
    void theMessageHasOneLinePerMistakeInTheFrontEndsSpelling() {
        InvalidSpecException refused = catchThrowableOfType(
                InvalidSpecException.class,
                () -> new ImageSpecBuilder().uid("a\nb").build(FILES));

        assertThat(refused.message(option -> "--" + option))
                .isEqualTo("Missing --tags: name at least one, such as registry.example.org/cms/analysis:1.2\n"
                        + "Invalid --uid 'a\\u000ab': expected a number from 0 to 4294967294");
        assertThat(refused.getMessage()).startsWith("Missing tags").hasLineCount(2);
    }

    @Test
    void aLongValueIsCutAtACharacter() {
        assertThat(new Problem("a", "😀".repeat(121), "b").message())
                .isEqualTo("Invalid a '" + "😀".repeat(120) + "...': b");
        assertThat(new Problem("a", "😀".repeat(120), "b").message())
                .isEqualTo("Invalid a '" + "😀".repeat(120) + "': b");
    }

    @Test
    void theDefaults() throws Exception {
        ImageSpec spec = Specs.dockerfile().build(FILES);

        assertThat(spec.source()).isEqualTo(new Source.Dockerfile(null, ".", null));
        assertThat(spec.strategy()).isEqualTo(Strategy.BUILDX);
        assertThat(spec.mounts()).isEqualTo(Mounts.UNSET);
        assertThat(spec.load()).isTrue();
        assertThat(spec.push()).isFalse();
        assertThat(spec.insecure()).isTrue();
        assertThat(spec.wipeCache()).isTrue();
        assertThat(spec.builder()).isEqualTo(BuilderSpec.DEFAULT);
        assertThat(Specs.setup().build(FILES).source())
                .isEqualTo(new Source.Setup(new Source.Script.Inline("echo hello"), ImageSpec.DEFAULT_BASE_IMAGE));
    }

    private static List<Problem> problems(ImageSpecBuilder options) {
        try {
            options.build(FILES);
            return List.of();
        } catch (InvalidSpecException e) {
            return e.problems();
        }
    }
}
