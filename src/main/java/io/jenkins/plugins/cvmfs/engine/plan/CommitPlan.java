package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.MountScript;
import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionStage;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;

/**
 * The commit strategy: a container of the base image runs the setup script, and its state becomes the image.
 *
 * <p>The script, its variables and settings reach the container on standard input. So this works with an engine on
 * another machine, and neither the image's configuration nor its history contains any of them.
 */
final class CommitPlan {
    /** The script that the container's bash reads first. */
    static final String INSIDE = "inside.sh";

    /** The arguments of that script. */
    static final String CALL = "call";

    private static final String SETUP = "setup";
    private static final String CONTAINER = "$container";

    private final ImageSpec spec;
    private final Source.Setup source;
    private final String id;
    private final boolean held;
    private final Role role;

    CommitPlan(ImageSpec spec, String id, Role role) {
        this.role = role;
        this.held = role.held();
        this.spec = spec;
        this.source = (Source.Setup) spec.source();
        this.id = id;
    }

    Script script() {
        Script script = new Script(spec.tags().get(0) + " by the setup script in a container that is committed", role);
        script.set("container", "cvmfs-derived-image-" + id).function("build", List.of(run()));
        if (spec.options().pull()) {
            script.set("pull", "yes");
        }
        Optional<SmokeTest> test = SmokeTest.of(spec, id);
        test.ifPresent(smoke -> smoke.addTo(script, held));
        if (held && test.isEmpty()) {
            script.set("tested", SmokeTest.name(id));
        }
        script.file(INSIDE, MountScript.inside(spec), false).file(CALL, call().render() + "\n", false);
        if (held) {
            script.firstPart();
        }
        SetupFiles.bring(script, source.script(), SETUP);
        List<ShellWord> base = List.of(
                ShellWord.literal("--entrypoint=/bin/bash"),
                ShellWord.literal("--"),
                ShellWord.literal(source.baseImage()));
        script.step(Phase.BUILD, "Run the setup script in a container", run().with(base))
                .call(ShellCommand.of("derive").word(source.baseImage()).word("build"));
        commit(script, test.isPresent() || held);
        test.ifPresent(smoke -> smoke.run(script));
        if (held) {
            revisions(script);
            script.secondPart().call(ShellCommand.of("take_committed"));
            SmokeTest.tag(script, Phase.COMMIT, spec, "Name the image, now that all are built");
        } else if (test.isPresent()) {
            test.get().tag(script, Phase.COMMIT);
        } else {
            spec.tags().stream()
                    .skip(1)
                    .forEach(tag -> script.perform(
                            Phase.COMMIT,
                            "Add the further tags",
                            ShellCommand.of("docker", "tag", "--")
                                    .word(imageId())
                                    .word(tag.toString())));
        }
        if (spec.push()) {
            push(script);
        }
        collect(script);
        if (held) {
            script.endParts();
        }
        return script;
    }

    private ShellCommand run() {
        BuildOptions options = spec.options();
        ShellCommand run = ShellCommand.of("docker", "run", "--interactive", "--init")
                .option("--name", ShellWord.expansion(CONTAINER));
        return CvmfsContainer.options(CvmfsContainer.cvmfs(run, spec), options)
                .options("--label", options.labels())
                .word(ShellWord.ARGUMENTS);
    }

    /** The text for the container, in bash. */
    private ShellCommand call() {
        ShellCommand call = ShellCommand.of("derive_image", String.valueOf(spec.wipeCache() && !spec.readsHost()));
        if (spec.mounts().any()) {
            CvmfsContainer.settings(call, spec);
        }
        call.word("CVMFS_MOUNTS=" + spec.mounts().text())
                .word(CvmfsContainer.id("MY_UID=", spec.uid(), "agent_uid"))
                .word(CvmfsContainer.id("MY_GID=", spec.gid(), "agent_gid"));
        spec.options().buildArgs().forEach((name, value) -> call.word(name + "=" + value));
        return call;
    }

    /** @param unnamed whether the image gets its tags later */
    private void commit(Script script, boolean unnamed) {
        ShellWord name =
                unnamed ? SmokeTest.NAME : ShellWord.literal(spec.tags().get(0).toString());
        script.perform(
                Phase.COMMIT,
                "Commit the container, with the entry point, command and user of the base image",
                ShellCommand.of("commit_container")
                        .word(name)
                        .word("ENV CVMFS_MOUNTS=\"" + spec.mounts().text() + "\"")
                        .word(variable("MY_UID=", spec.uid(), "$uid"))
                        .word(variable("MY_GID=", spec.gid(), "$gid")));
    }

    /** A variable of the image, as with the buildx strategy. */
    private static ShellWord variable(String start, String given, String agents) {
        return given == null ? ShellWord.expansion("ENV " + start + agents) : ShellWord.literal("ENV " + start + given);
    }

    private void push(Script script) {
        script.call(ShellCommand.of("phase", Phase.PUBLISH.text()));
        for (ImageReference tag : spec.tags()) {
            ShellCommand push = ShellCommand.of("docker", "push", "--").word(tag.toString());
            script.step(Phase.PUBLISH, "Push the image", push.words())
                    .call(ShellCommand.of("only_pushed").words(push.words()));
        }
    }

    private void collect(Script script) {
        script.call(ShellCommand.of("phase", Phase.COLLECT.text()));
        script.step(
                        Phase.COLLECT,
                        "Inspect the image in the engine",
                        ShellCommand.of("docker", "image", "inspect", "--format={{json .}}", "--")
                                .word(imageId())
                                .words())
                .call(ShellCommand.of("collect_committed"));
        if (!held) {
            revisions(script);
        }
        if (!spec.load()) {
            ShellCommand remove = ShellCommand.of("docker", "image", "rm", "--");
            spec.tags().forEach(tag -> remove.word(tag.toString()));
            script.step(Phase.COLLECT, "Remove the image from the engine", remove.words())
                    .call(ShellCommand.of("quietly").words(remove.words()));
        }
    }

    private void revisions(Script script) {
        if (spec.mounts().any()) {
            ShellCommand copy = ShellCommand.of("docker", "cp", "--")
                    .word(ShellWord.expansion(CONTAINER + ":" + RevisionStage.FILE))
                    .word("-");
            script.step(Phase.COLLECT, "Read the revisions of what was mounted", copy.words())
                    .call(ShellCommand.of("take_revisions", "run").words(copy.words()));
        }
    }

    private static ShellWord imageId() {
        return ShellWord.expansion("$image_id");
    }
}
