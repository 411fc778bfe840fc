package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.MountScript;
import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionScript;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.Optional;

/**
 * Runs a command in a container of the image before anybody gets it.
 *
 * <p>Until then the image has a name of its own, which goes at the script's end; so does the image, if nothing else
 * names it.
 */
final class SmokeTest {
    /** The name of the image and of the container, in the script. */
    static final ShellWord NAME = ShellWord.expansion("$tested");

    private static final String FILE = "smoke";

    // Runs as root in the container; the base image's /run.sh performs its argument as the user.
    private static final String INSIDE = """
            set -e
            """
            + RevisionScript.NOTE
            + MountScript.MOUNT
            + MountScript.SETTINGS
            + """
            command=$1
            shift
            if [ -n "${CVMFS_MOUNTS-}" ]; then
                work=$(mktemp -d)
            """
            + Script.indented(CvmfsContainer.TAKE_SETTINGS)
            + """
                # A client that mounts as its own user, which keeps root's group, needs it.
                chmod a+rw /dev/fuse || :
                [ ! -d "$work/client" ] || apply_settings "$work/client"
                mount_repositories
                [ ! -d "$work/client" ] || drop_settings
                rm -rf "$work"
            fi
            if [ -x /run.sh ]; then
                exec /run.sh -c "$command"
            fi
            exec /bin/sh -c "$command"
            """;

    private final ImageSpec spec;
    private final String id;

    private SmokeTest(ImageSpec spec, String id) {
        this.spec = spec;
        this.id = id;
    }

    /** The test of an image, if it has one. */
    static Optional<SmokeTest> of(ImageSpec spec, String id) {
        return spec.smokeTest() == null ? Optional.empty() : Optional.of(new SmokeTest(spec, id));
    }

    /** Adds what must be there before the image is. */
    void addTo(Script script) {
        script.define("tested=cvmfs-derived-image-" + id + "-tested\nmade_tested=''\n");
        script.cleanUp("[ -z \"$made_tested\" ] || remove image \"$tested\" || :\n");
        script.file(FILE, INSIDE, false);
        script.line("note image \"$tested\"").line("made_tested=yes");
    }

    /** Adds the test. */
    void run(Script script) {
        ShellCommand run = ShellCommand.of("docker", "run", "--init").option("--name", NAME);
        if (spec.mounts().any()) {
            CvmfsContainer.mayMount(run);
        }
        // Without mounts this overrides the image's own, which could not be mounted.
        run.option(
                "--env", "CVMFS_MOUNTS=" + (spec.mounts().any() ? spec.mounts().text() : ""));
        CvmfsContainer.options(run, spec.options())
                .option("--env", CvmfsContainer.id("MY_UID", spec.uid(), "$(id -u)"))
                .option("--env", CvmfsContainer.id("MY_GID", spec.gid(), "$(id -g)"))
                .word("--user=0")
                .word("--entrypoint=/bin/sh")
                .word("--")
                .word(NAME)
                .word("-c")
                .word(ShellWord.expansion("$(cat \"$dir/" + FILE + "\")"))
                .word("smoke-test")
                .word(spec.smokeTest());
        if (spec.mounts().any()) {
            CvmfsContainer.settings(run, spec);
        }
        script.phase(Phase.TEST)
                .line("echo 'Smoke test, in a container of the image:' >&2")
                .line("run " + run.render());
    }

    /** Adds what gives an image that has passed its tags. */
    void tag(Script script) {
        for (ImageReference tag : spec.tags()) {
            script.command(ShellCommand.of("docker", "tag", "--").word(NAME).word(tag.toString()));
        }
    }
}
