package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.ClientFiles;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;

/**
 * The buildx strategy: BuildKit builds a Dockerfile in which a RUN may mount CVMFS.
 *
 * <p>The builder is tried first and made only when it is missing: asking costs more than a cached build.
 */
final class BuildxPlan {
    private static final String IGNORED = ".dockerignore";

    // The engine's own builder goes by the name of the context that the docker command uses.
    private static final String OWN_NAME = """
            own=${DOCKER_CONTEXT:-default}
            if [ -n "${DOCKER_HOST:-}" ]; then
                own=default
            elif [ -z "${DOCKER_CONTEXT:-}" ] && grep -q '"currentContext"' "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null; then
                own=$(docker context show)
            fi""";

    private static final String OWN = """
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

    private static final String KEPT = """
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

    private static final String SAME = """
            if [ "$(cat "$dir/tested")" != "$(cat "$dir/results/iid")" ]; then
                echo 'The image that was pushed is not the one that was tested: a base image, the context or the cache has changed meanwhile.' >&2
                exit 1
            fi""";

    private final ImageSpec spec;
    private final BuilderSpec builder;
    private final Optional<BuilderChoice> choice;
    private final boolean asks;
    private final String id;
    private final boolean helper;
    private final BuildxBuild command;
    private final Optional<DockerfileText> judged;
    private final Optional<String> revisions;

    /** @param judged the Dockerfile; empty for a setup script, and where it comes with a context from elsewhere */
    BuildxPlan(ImageSpec spec, String id, Optional<DockerfileText> judged) {
        this.spec = spec;
        Optional<String> dockerfile = judged.map(DockerfileText::text);
        if (judged.isEmpty()
                && spec.source() instanceof Source.Dockerfile source
                && source.local().isPresent()) {
            throw new IllegalArgumentException(
                    "the Dockerfile was not read: " + source.local().get());
        }
        this.judged = judged.filter(text -> spec.source() instanceof Source.Dockerfile source
                && source.local().isPresent());
        this.choice = spec.builder().driver() == Driver.AUTO
                ? Optional.of(BuilderChoice.of(spec, dockerfile))
                : Optional.empty();
        Driver driver = choice.map(BuilderChoice::driver).orElse(spec.builder().driver());
        this.asks = driver == Driver.AUTO;
        this.builder = spec.builder().with(asks ? Driver.DOCKER_CONTAINER : driver);
        this.id = id;
        this.helper = HelperContext.isWanted(spec, dockerfile);
        this.command = new BuildxBuild(spec, helper);
        this.revisions = spec.source() instanceof Source.Dockerfile source
                        && helper
                        && source.local().isPresent()
                ? dockerfile.flatMap(text -> RevisionStage.below(text, source.target()))
                : Optional.empty();
    }

    Script script() {
        Script script = new Script();
        Reaper.addTo(script, builder.made() || spec.smokeTest() != null);
        nameBuilder(script);
        if (spec.push()) {
            PushRetry.ofBuild(
                    script,
                    spec.smokeTest() == null
                            && (spec.options().noCache() || spec.options().pull()));
        }
        if (spec.source() instanceof Source.Setup setup) {
            script.file(BuildxBuild.CONTEXT + "/Dockerfile", SetupDockerfile.text(spec, setup), false);
            script.file(BuildxBuild.CONTEXT + "/" + SetupDockerfile.DERIVE, SetupDockerfile.derive(spec), true);
            clientFiles(script, BuildxBuild.CONTEXT);
            SetupFiles.bring(script, setup.script(), BuildxBuild.CONTEXT + "/" + SetupDockerfile.SETUP);
        }
        if (spec.source() instanceof Source.Dockerfile source && !spec.options().onlyChecks()) {
            judged.ifPresent(text -> SetupFiles.note(script, ShellWord.expansion("$dir/" + BuildxBuild.DOCKERFILE)));
        }
        judged.ifPresent(text -> layDown(script, BuildxBuild.DOCKERFILE, text.text(), text.ignore()));
        if (helper) {
            script.file(BuildxBuild.HELPER + "/" + HelperContext.MOUNT, HelperContext.mount(), true);
            clientFiles(script, BuildxBuild.HELPER);
        }
        if (builder.made()) {
            makeBuilder(script);
        }
        choice.ifPresent(chosen -> chosen.addTo(script));
        Optional<SmokeTest> test = SmokeTest.of(spec, id);
        if (test.isPresent()) {
            tested(script, test.get());
        } else {
            build(script, command.image(), spec.push());
        }
        if (!spec.options().onlyChecks()) {
            collect(script);
        }
        return script;
    }

    private void clientFiles(Script script, String context) {
        if (ClientFiles.has(spec)) {
            ClientFiles.of(spec)
                    .forEach((path, text) -> script.file(context + "/" + ClientFiles.FOLDER + "/" + path, text, false));
        }
    }

    private static void layDown(Script script, String path, String text, Optional<String> ignore) {
        script.file(path, text, false);
        ignore.ifPresent(ignored -> script.file(path + IGNORED, ignored, false));
    }

    private void nameBuilder(Script script) {
        if (asks) {
            script.function("name_own_builder", OWN_NAME);
        }
        if (builder.driver() == Driver.DOCKER && (choice.isPresent() || builder.name() == null)) {
            script.line(OWN_NAME + "\nbuilder=$own");
        } else if (builder.name() != null) {
            String own = builder.made() && !builder.keep() ? builder.name() + "-" + id : builder.name();
            script.define("builder=" + ShellWord.literal(own).render());
        } else {
            script.define("builder="
                    + (builder.keep() ? BuilderName.kept(builder, spec.insecure()) : BuilderName.ephemeral(id)));
        }
    }

    private void makeBuilder(Script script) {
        builder.configuration().ifPresent(text -> script.file(CreateCommands.CONFIG, text, false));
        CreateCommands commands = new CreateCommands(builder, spec.insecure());
        BuilderMaking making = new BuilderMaking(script, commands.first(), commands.further());
        if (!builder.keep()) {
            making.ephemeral();
        } else if (builder.endpoint() != null) {
            making.kept(builder.endpoint());
        } else {
            making.kept();
        }
    }

    private void build(Script script, ShellCommand build, boolean push) {
        script.line("set -- " + build.render());
        String run = push ? "pushed \"$@\"" : "run \"$@\"";
        String phased = "phase " + Phase.BUILD.text() + "\n" + run;
        if (!builder.made()) {
            script.line(phased);
            return;
        }
        String made = builder.keep() ? KEPT.replace("RUN", run) : "make_builder\n" + phased;
        script.line(asks ? OWN.replace("RUN", run) + Script.indented(made) + "fi" : made);
    }

    /** The image has no tag and is in no registry before it has passed its test. */
    private void tested(Script script, SmokeTest test) {
        test.addTo(script);
        build(script, command.test(), false);
        test.run(script);
        if (!spec.goesElsewhere()) {
            test.tag(script.phase(Phase.BUILD));
            return;
        }
        script.line("cp \"$dir/results/iid\" \"$dir/tested\"").phase(spec.push() ? Phase.PUBLISH : Phase.BUILD);
        script.line((spec.push() ? "pushed " : "run ") + command.image().render());
        // With attestations or a cache inside the image, the ID is another one in any case.
        boolean inlineCache = spec.options().cacheTo().stream()
                .anyMatch(cache -> List.of(cache.split(",")).contains("type=inline"));
        if (spec.push() && !spec.options().attests() && !inlineCache) {
            script.line(SAME);
        }
    }

    private void collect(Script script) {
        String tag = ShellWord.literal(spec.tags().get(0).toString()).render();
        script.phase(Phase.COLLECT);
        if (spec.load()) {
            script.line(
                    "docker image inspect --format='{{json .}}' -- \"$(cat \"$dir/results/iid\")\" >\"$dir/results/image.json\" 2>/dev/null ||\n"
                            + "    docker image inspect --format='{{json .}}' -- " + tag
                            + " >\"$dir/results/image.json\"");
        } else if (spec.push()) {
            script.line("docker buildx imagetools inspect --builder=\"$builder\" --raw " + tag
                    + " >\"$dir/results/manifest.json\" 2>/dev/null || :");
        }
        revisions.ifPresent(stage -> layDown(
                script,
                BuildxBuild.REVISIONS,
                judged.orElseThrow().text() + "\n\n" + stage,
                judged.orElseThrow().ignore()));
        if (revisions.isPresent()
                || spec.source() instanceof Source.Setup && spec.mounts().any()) {
            // The same image has the same file, and one whose steps were all cached is the same.
            script.line("""
                    id=$(cat "$dir/results/iid")
                    case ${id#sha256:} in *[!0-9a-f]*) id='' ;; esac
                    known=${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}/cvmfs-derived-image/mounted
                    if ! cp "$known/$id" "$dir/results/repositories" 2>/dev/null; then
                    """ + "    take_revisions " + command.revisions().render() + "\n" + """
                                if [ -n "$id" ] && [ -s "$dir/results/repositories" ]; then
                                    { mkdir -p "$known" && find "$known" -type f -mtime +30 -delete; } 2>/dev/null || :
                                    cp "$dir/results/repositories" "$known/$id" 2>/dev/null || :
                                fi
                            fi""");
        }
    }
}
