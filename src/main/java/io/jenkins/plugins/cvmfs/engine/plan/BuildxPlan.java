package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.ClientFiles;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.options.ControlTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.GateRules;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The buildx strategy: BuildKit builds a Dockerfile in which a RUN may mount CVMFS. */
final class BuildxPlan {
    private static final String IGNORED = ".dockerignore";
    static final String BUILD = "build";
    private static final String PUSHED = "pushed";

    /** What the script asks for its version. */
    private static final List<Part> ASKED = List.of(Part.BUILDX, Part.ENGINE, Part.BUILDKIT);

    private final ImageSpec spec;
    private final BuilderSpec builder;
    private final Optional<BuilderChoice> choice;
    private final String id;
    private final boolean helper;
    private final BuildxBuild build;
    private final Optional<DockerfileText> judged;
    private final Optional<String> revisions;
    private final Role role;

    /** @param judged the Dockerfile; empty for a setup script or a remote context */
    BuildxPlan(ImageSpec spec, String id, Optional<DockerfileText> judged, Role role) {
        this.spec = spec;
        this.role = role;
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
        this.builder = EndpointOrder.of(spec, driver == Driver.AUTO ? Driver.DOCKER_CONTAINER : driver);
        this.id = id;
        this.helper = HelperContext.isWanted(spec, dockerfile);
        this.build = new BuildxBuild(spec, helper, role.held());
        this.revisions = spec.source() instanceof Source.Dockerfile source
                        && helper
                        && source.local().isPresent()
                ? dockerfile.flatMap(text -> RevisionStage.below(text, source.target()))
                : Optional.empty();
    }

    Script script() {
        Script script = new Script(
                spec.tags().get(0) + " by buildx from "
                        + (spec.source() instanceof Source.Setup ? "a setup script" : "a Dockerfile"),
                role);
        Optional<SmokeTest> test = SmokeTest.of(spec, id);
        source(script);
        choice.ifPresent(chosen -> chosen.addTo(script));
        if (role.builder() != null && builder.driver() != Driver.DOCKER) {
            BuilderScript.shared(script, role.builder());
        } else {
            new BuilderScript(builder, granted(), id).addTo(script, choice.isPresent());
        }
        gates(script);
        script.function(BUILD, List.of(build.command()));
        if (role.held()) {
            held(script, test);
        } else {
            calls(script);
            if (!spec.options().makesImage()) {
                return script;
            }
            made(script, test);
        }
        new BuildxResults(spec, build, judged, revisions).addTo(script);
        if (role.held()) {
            script.endParts();
        }
        return script;
    }

    private void made(Script script, Optional<SmokeTest> test) {
        if (test.isPresent()) {
            tested(script, test.get());
        } else {
            build(script, build.image(), spec.push());
            imageId(script);
        }
    }

    /** The builder to create if the engine's own does not suffice. */
    BuilderSpec containerBuilder() {
        return builder;
    }

    /** The driver, as far as the description decides it. */
    Driver driver() {
        return choice.map(BuilderChoice::driver).orElse(builder.driver());
    }

    /** What the engine's own builder must support, if the engine is asked. */
    Optional<String> need() {
        return choice.filter(chosen -> chosen.driver() == Driver.AUTO).map(BuilderChoice::need);
    }

    /** Adds the calls of the Dockerfile's frontend before the build. */
    private void calls(Script script) {
        for (String call : spec.options().calls()) {
            List<ShellWord> own = build.call(call);
            script.step(
                            Phase.BUILD,
                            "Ask the Dockerfile's frontend: " + call,
                            build.command().with(own))
                    .call(ShellCommand.of("with_builder", "call_frontend", call, BUILD)
                            .words(own));
        }
    }

    /** Adds what the build needs that not every buildx and BuildKit supports. */
    private void gates(Script script) {
        for (GateRules.Asked asked : GateRules.asked(spec.values())) {
            for (Part part : ASKED) {
                asked.needs(part)
                        .ifPresent(version -> script.call(ShellCommand.of(
                                "needs",
                                part.text(),
                                version,
                                asked.option().name(),
                                asked.gate().instead())));
            }
        }
    }

    // Without any flag, buildx creates builders that grant network.host.
    List<String> granted() {
        boolean devices = spec.options().allowsDevices();
        if (!spec.insecure() && !devices) {
            return List.of();
        }
        List<String> granted = new ArrayList<>();
        if (spec.insecure()) {
            granted.add("security.insecure");
        }
        if (spec.options().hasHostNetwork()) {
            granted.add(ControlTable.HOST_NETWORK);
        }
        if (devices) {
            granted.add(ControlTable.DEVICE);
        }
        return granted;
    }

    private void source(Script script) {
        if (spec.source() instanceof Source.Setup setup) {
            String dockerfile = BuildxBuild.CONTEXT + "/Dockerfile";
            script.file(dockerfile, SetupDockerfile.text(spec, setup), false);
            script.file(BuildxBuild.CONTEXT + "/" + SetupDockerfile.DERIVE, SetupDockerfile.derive(spec), true);
            clientFiles(script, BuildxBuild.CONTEXT);
            SetupFiles.bring(script, setup.script(), BuildxBuild.CONTEXT + "/" + SetupDockerfile.SETUP);
            if (SetupDockerfile.hasCache(spec)) {
                script.set("cached", "yes");
            }
        }
        if (spec.source() instanceof Source.Dockerfile && spec.options().makesImage()) {
            judged.ifPresent(text -> SetupFiles.note(script, ShellWord.expansion("$dir/" + BuildxBuild.DOCKERFILE)));
        }
        judged.ifPresent(text -> layDown(script, BuildxBuild.DOCKERFILE, text.text(), text.ignore()));
        if (helper) {
            script.file(BuildxBuild.HELPER + "/" + HelperContext.MOUNT, HelperContext.mount(spec), true);
            clientFiles(script, BuildxBuild.HELPER);
        }
    }

    private void clientFiles(Script script, String context) {
        if (ClientFiles.has(spec)) {
            ClientFiles.of(spec)
                    .forEach((path, text) -> script.file(context + "/" + ClientFiles.FOLDER + "/" + path, text, false));
        }
    }

    static void layDown(Script script, String path, String text, Optional<String> ignore) {
        script.file(path, text, false);
        ignore.ifPresent(ignored -> script.file(path + IGNORED, ignored, false));
    }

    private void build(Script script, List<ShellWord> own, boolean push) {
        String purpose = push ? "Build the image and push it" : "Build the image";
        ShellCommand line =
                push ? ShellCommand.of("with_builder", PUSHED, BUILD) : ShellCommand.of("with_builder", BUILD);
        script.step(Phase.BUILD, purpose, build.command().with(own)).call(line.words(own));
    }

    private void imageId(Script script) {
        if (spec.options().writesFiles()) {
            script.call(ShellCommand.of("image_id_of_metadata"));
        }
    }

    /** The image gets no tag and is not pushed before it has passed its test. */
    private void tested(Script script, SmokeTest test) {
        test.addTo(script, false);
        build(script, build.test(), false);
        test.run(script);
        if (!spec.goesElsewhere()) {
            test.tag(script, Phase.BUILD);
            return;
        }
        Phase phase = spec.push() ? Phase.PUBLISH : Phase.BUILD;
        script.call(ShellCommand.of("phase", phase.text()));
        script.step(
                phase,
                "Build the tested image again from the cache",
                build.command().with(build.image()));
        ShellCommand line = spec.push() ? ShellCommand.of(PUSHED, BUILD) : ShellCommand.of(BUILD);
        script.call(line.words(build.image()));
        imageId(script);
        sameAsTested(script);
    }

    /**
     * The first part of the script builds and tests the image. The second part pushes it with the same build, which
     * then comes from the builder's cache.
     */
    private void held(Script script, Optional<SmokeTest> test) {
        test.ifPresent(smoke -> smoke.addTo(script, true));
        script.firstPart();
        calls(script);
        build(script, test.isPresent() ? build.test() : build.cached(), false);
        test.ifPresent(smoke -> smoke.run(script));
        script.secondPart();
        build(script, build.image(), true);
        imageId(script);
        if (test.isPresent()) {
            sameAsTested(script);
        }
    }

    private void sameAsTested(Script script) {
        // With attestations or a cache inside the image, the ID is another one in any case.
        boolean inlineCache = spec.options().cacheTo().stream()
                .anyMatch(cache -> List.of(cache.split(",")).contains("type=inline"));
        if (spec.push() && !spec.options().attests() && !inlineCache) {
            script.call(ShellCommand.of("same_as_tested"));
        }
    }
}
