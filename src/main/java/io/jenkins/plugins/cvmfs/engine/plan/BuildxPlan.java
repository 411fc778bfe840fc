package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.ClientFiles;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderNode;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Driver;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The buildx strategy: BuildKit builds a Dockerfile in which a RUN may mount CVMFS.
 *
 * <p>The builder is tried first and made only when it is missing: asking costs more than a cached build.
 */
final class BuildxPlan {
    private static final String CONTEXT = "context";
    private static final String HELPER = "helper";
    private static final String CONFIG = "buildkitd.toml";

    // The engine's own builder goes by the name of the context that the docker command uses.
    private static final String OWN_NAME =
            """
            own=${DOCKER_CONTEXT:-default}
            if [ -n "${DOCKER_HOST:-}" ]; then
                own=default
            elif [ -z "${DOCKER_CONTEXT:-}" ] && grep -q '"currentContext"' "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null; then
                own=$(docker context show)
            fi""";

    private static final String OWN =
            """
            if [ -n "$own" ]; then
                phase build
                code=0
                RUN || code=$?
                if [ "$code" -ne 0 ]; then
                    failed=$code
                    [ "$failed" -ge 126 ] || forget_choice
                    exit "$failed"
                fi
            else
            """;

    private static final String KEPT =
            """
            if builder_is_missing; then
                make_builder
            fi
            phase build
            code=0
            RUN || code=$?
            if [ "$code" -ne 0 ]; then
                if [ "$code" -ge 126 ] || builder_works; then
                    exit "$code"
                fi
                echo "The builder $builder has gone or does not start; it is made again." >&2
                make_builder
                phase build
                RUN
            fi""";

    private final ImageSpec spec;
    private final BuilderSpec builder;
    private final Optional<BuilderChoice> choice;
    private final boolean asks;
    private final String id;
    private final boolean helper;

    /** @param dockerfile the text of the Dockerfile; empty where it cannot be read before the build */
    BuildxPlan(ImageSpec spec, String id, Optional<String> dockerfile) {
        this.spec = spec;
        this.choice = spec.builder().driver() == Driver.AUTO ? Optional.of(BuilderChoice.of(spec, dockerfile)) : Optional.empty();
        Driver driver = choice.map(BuilderChoice::driver).orElse(spec.builder().driver());
        this.asks = driver == Driver.AUTO;
        this.builder = spec.builder().with(asks ? Driver.DOCKER_CONTAINER : driver);
        this.id = id;
        this.helper = HelperContext.isWanted(spec, dockerfile);
    }

    Script script() {
        Script script = new Script();
        Reaper.addTo(script, builder.made());
        nameBuilder(script);
        if (spec.push()) {
            PushRetry.ofBuild(script, spec.options().noCache() || spec.options().pull());
        }
        if (spec.source() instanceof Source.Setup setup) {
            script.file(CONTEXT + "/Dockerfile", SetupDockerfile.text(spec, setup), false);
            script.file(CONTEXT + "/" + SetupDockerfile.DERIVE, SetupDockerfile.derive(spec), true);
            clientFiles(script, CONTEXT);
            SetupFiles.bring(script, setup.script(), CONTEXT + "/" + SetupDockerfile.SETUP);
        }
        if (spec.source() instanceof Source.Dockerfile source && !spec.options().onlyChecks()) {
            source.local().ifPresent(file -> SetupFiles.note(script, ShellWord.literal(file)));
        }
        if (helper) {
            script.file(HELPER + "/" + HelperContext.MOUNT, HelperContext.mount(), true);
            clientFiles(script, HELPER);
        }
        if (builder.made()) {
            makeBuilder(script);
        }
        choice.ifPresent(chosen -> chosen.addTo(script));
        script.line("set -- " + build(false).render());
        build(script);
        if (!spec.options().onlyChecks()) {
            collect(script);
        }
        return script;
    }

    private void clientFiles(Script script, String context) {
        if (ClientFiles.has(spec)) {
            ClientFiles.of(spec).forEach((path, text) -> script.file(context + "/" + ClientFiles.FOLDER + "/" + path, text, false));
        }
    }

    private void nameBuilder(Script script) {
        if (asks) {
            script.function("name_own_builder", OWN_NAME);
        }
        if (builder.driver() == Driver.DOCKER && (choice.isPresent() || builder.name() == null)) {
            script.line(OWN_NAME + "\nbuilder=$own");
        } else if (builder.name() != null) {
            script.define("builder=" + ShellWord.literal(builder.name()).render());
        } else {
            script.define("builder=" + (builder.keep() ? BuilderName.kept(builder, spec.insecure()) : BuilderName.ephemeral(id)));
        }
    }

    private void makeBuilder(Script script) {
        builder.configuration().ifPresent(text -> script.file(CONFIG, text, false));
        BuilderMaking making = new BuilderMaking(script, create(), append());
        if (!builder.keep()) {
            making.ephemeral();
        } else if (builder.endpoint() != null) {
            making.kept(builder.endpoint());
        } else {
            making.kept();
        }
    }

    private ShellCommand create() {
        return node(
                ShellCommand.of("docker", "buildx", "create")
                        .option("--name", ShellWord.expansion("$builder"))
                        .option("--driver", builder.driver().text()),
                builder.driverOpts(),
                builder.endpoint());
    }

    private List<ShellCommand> append() {
        List<ShellCommand> append = new ArrayList<>();
        for (BuilderNode node : builder.nodes()) {
            ShellCommand create = ShellCommand.of("docker", "buildx", "create", "--append")
                    .option("--name", ShellWord.expansion("$builder"))
                    .option("--node", ShellWord.expansion("${builder}" + (append.size() + 1)));
            if (!node.platforms().isEmpty()) {
                create.option("--platform", String.join(",", node.platforms()));
            }
            append.add(node(create, node.driverOpts(), node.endpoint()));
        }
        return append;
    }

    private ShellCommand node(ShellCommand create, Map<String, String> driverOpts, String endpoint) {
        if (builder.driver().runsBuildkit()) {
            create.option("--driver-opt", csv("image=" + builder.image()));
        }
        driverOpts.forEach((name, value) -> create.option("--driver-opt", csv(name + "=" + value)));
        if (builder.driver().runsBuildkit()) {
            buildkitd(create);
        }
        return endpoint == null ? create : create.word("--").word(endpoint);
    }

    private void buildkitd(ShellCommand create) {
        List<String> flags = new ArrayList<>();
        if (spec.insecure()) {
            flags.add("--allow-insecure-entitlement=security.insecure");
        }
        flags.addAll(builder.buildkitdFlags());
        create.option("--buildkitd-flags", flags.isEmpty() ? null : String.join(" ", flags));
        if (builder.configuration().isPresent()) {
            create.option("--buildkitd-config", ShellWord.expansion("$dir/" + CONFIG));
        }
    }

    /** buildx reads the value of this option as a row of comma-separated values. */
    private static String csv(String field) {
        boolean quoted = field.indexOf(',') >= 0 || field.indexOf('"') >= 0 || field.startsWith(" ");
        return quoted ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }

    private void build(Script script) {
        String run = spec.push() ? "pushed \"$@\"" : "run \"$@\"";
        String build = "phase " + Phase.BUILD.text() + "\n" + run;
        if (!builder.made()) {
            script.line(build);
            return;
        }
        String made = builder.keep() ? KEPT.replace("RUN", run) : "make_builder\n" + build;
        script.line(asks ? OWN.replace("RUN", run) + Script.indented(made) + "fi" : made);
    }

    /**
     * The build, or another one of the same stages that exports the one with the revisions. That is all in the builder's cache
     * by then, as it has the same of everything by which a RUN is known. Several platforms would make a directory each, so the
     * first one stands for all.
     */
    private ShellCommand build(boolean revisions) {
        BuildOptions options = spec.options();
        ShellCommand build = ShellCommand.of("docker", "buildx", "build").option("--builder", ShellWord.expansion("$builder"));
        if (revisions) {
            build.option("--target", SetupDockerfile.REVISIONS).option("--output", ShellWord.expansion("type=local,dest=$dir"));
        } else {
            spec.tags().forEach(tag -> build.option("--tag", tag.toString()));
        }
        if (spec.source() instanceof Source.Dockerfile source) {
            build.option("--file", source.dockerfile()).option("--target", source.target());
        }
        cvmfsArguments(build);
        if (helper) {
            build.option("--build-context", ShellWord.literal(HelperContext.NAME + "=").plus(ShellWord.expansion("$dir/" + HELPER)));
        }
        // Where it is to check, docker would make an empty image of what is said of results.
        boolean image = !options.onlyChecks() && !revisions;
        build.options("--build-arg", options.buildArgs())
                .options("--label", options.labels())
                .options("--annotation", revisions ? List.of() : options.annotations())
                .options("--platform", options.platforms().stream().limit(revisions ? 1 : Long.MAX_VALUE).toList())
                .options("--build-context", options.buildContexts())
                .options("--cache-from", options.cacheFrom())
                .options("--cache-to", revisions ? List.of() : options.cacheTo())
                .flag("--no-cache", options.noCache() && !revisions)
                .flag("--pull", options.pull() && !revisions)
                .options("--secret", options.secrets())
                .options("--ssh", options.ssh())
                .option("--sbom", image ? options.sbom() : null)
                .options("--output", image ? options.outputs() : List.of())
                .options("--add-host", options.addHosts())
                .option("--network", options.network())
                .options("--ulimit", options.ulimits())
                .option("--shm-size", options.shmSize())
                .option("--provenance", revisions ? "false" : !image ? null : options.provenance() == null ? "false" : options.provenance())
                .option("--allow", spec.insecure() ? "security.insecure" : null)
                .option("--call", image || revisions ? null : options.call())
                .flag("--load", image && spec.load())
                .flag("--push", image && spec.push());
        if (image) {
            build.option("--metadata-file", ResultFile.METADATA.word()).option("--iidfile", ResultFile.IMAGE_ID.word());
        }
        build.word("--");
        return spec.source() instanceof Source.Dockerfile source
                ? build.word(source.context())
                : build.word(ShellWord.expansion("$dir/" + CONTEXT));
    }

    private void cvmfsArguments(ShellCommand build) {
        if (!spec.mounts().text().isEmpty()) {
            build.option("--build-arg", "ARG_CVMFS_MOUNTS=" + spec.mounts().text());
        }
        identity(build, "ARG_MY_UID=", spec.uid(), "$(id -u)");
        identity(build, "ARG_MY_GID=", spec.gid(), "$(id -g)");
    }

    private static void identity(ShellCommand build, String argument, String given, String agents) {
        build.word(ShellWord.literal("--build-arg=" + argument)
                .plus(given == null ? ShellWord.expansion(agents) : ShellWord.literal(given)));
    }

    private void collect(Script script) {
        String tag = ShellWord.literal(spec.tags().get(0).toString()).render();
        script.phase(Phase.COLLECT);
        if (spec.load()) {
            script.line("docker image inspect --format='{{json .}}' -- \"$(cat \"$dir/iid\")\" >\"$dir/image.json\" 2>/dev/null ||\n"
                    + "    docker image inspect --format='{{json .}}' -- " + tag + " >\"$dir/image.json\"");
        } else if (spec.push()) {
            script.line("docker buildx imagetools inspect --builder=\"$builder\" --raw " + tag
                    + " >\"$dir/manifest.json\" 2>/dev/null || :");
        }
        if (spec.source() instanceof Source.Setup && spec.mounts().any()) {
            // The same image has the same file, and one whose steps were all cached is the same.
            script.line(
                    """
                    id=$(cat "$dir/iid")
                    known=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/cvmfs-derived-image/mounted
                    if ! cp "$known/$id" "$dir/repositories" 2>/dev/null; then
                    """
                            + "    run " + build(true).render().replace("\n", "\n    ") + " >/dev/null 2>&1 || :\n"
                            + """
                                if [ -n "$id" ] && [ -s "$dir/repositories" ]; then
                                    { mkdir -p "$known" && find "$known" -type f -mtime +30 -delete; } 2>/dev/null || :
                                    cp "$dir/repositories" "$known/$id" 2>/dev/null || :
                                fi
                            fi""");
        }
    }
}
