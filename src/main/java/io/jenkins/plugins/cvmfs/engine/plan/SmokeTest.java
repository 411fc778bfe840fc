package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.MountScript;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.List;
import java.util.Optional;

/**
 * Runs a command in a container of the image before the image is published.
 *
 * <p>Until then the image has a private name, which the script removes at its end, together with the image if that has
 * no other name.
 */
final class SmokeTest {
    /** The name of the image and of the container, in the script. */
    static final ShellWord NAME = ShellWord.expansion("$tested");

    /** The script that the container runs. */
    static final String FILE = "smoke.sh";

    private final ImageSpec spec;
    private final String id;

    private SmokeTest(ImageSpec spec, String id) {
        this.spec = spec;
        this.id = id;
    }

    /** The smoke test of an image, if it has one. */
    static Optional<SmokeTest> of(ImageSpec spec, String id) {
        return spec.smokeTest() == null ? Optional.empty() : Optional.of(new SmokeTest(spec, id));
    }

    /** The private name of an image before it is tested, or pushed with others. */
    static String name(String id) {
        return "cvmfs-derived-image-" + id + "-tested";
    }

    /**
     * Adds what must exist before the image.
     *
     * @param held whether the image is kept for a second part of the script, so that the whole call owns it
     */
    void addTo(Script script, boolean held) {
        script.set("tested", name(id)).file(FILE, MountScript.smokeTest(spec), false);
        script.function("smoke_test", List.of(command()));
        if (!held) {
            script.call(ShellCommand.of("own", "image").word(NAME));
        }
    }

    private ShellCommand command() {
        ShellCommand run = ShellCommand.of("docker", "run", "--init").option("--name", NAME);
        if (spec.mounts().any()) {
            CvmfsContainer.cvmfs(run, spec);
        }
        // Without the right to mount, this overrides the image's own value.
        run.option(
                "--env", "CVMFS_MOUNTS=" + (spec.mounts().any() ? spec.mounts().text() : ""));
        CvmfsContainer.options(run, spec.options())
                .word(CvmfsContainer.id("--env=MY_UID=", spec.uid(), "uid"))
                .word(CvmfsContainer.id("--env=MY_GID=", spec.gid(), "gid"))
                .word("--user=0")
                .word("--entrypoint=/bin/sh")
                .word("--")
                .word(NAME)
                .word("-c")
                .word(ShellWord.expansion("$smoke"))
                .word("smoke-test")
                .word(spec.smokeTest());
        if (spec.mounts().any()) {
            CvmfsContainer.settings(run, spec);
        }
        return run;
    }

    /** Adds the test. */
    void run(Script script) {
        script.step(
                        Phase.TEST,
                        "Run the smoke test in a container of the image",
                        command().words())
                .call(ShellCommand.of("test_image", "smoke_test"));
    }

    /** Adds the commands that tag an image that has passed. */
    void tag(Script script, Phase phase) {
        tag(script, phase, spec, "Tag the tested image");
    }

    static void tag(Script script, Phase phase, ImageSpec spec, String purpose) {
        script.call(ShellCommand.of("phase", phase.text()));
        for (ImageReference tag : spec.tags()) {
            script.perform(
                    phase,
                    purpose,
                    ShellCommand.of("docker", "tag", "--").word(NAME).word(tag.toString()));
        }
    }
}
