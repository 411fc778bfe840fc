package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.MountedRepository;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An image that is built again by its record, after its repository and its base image have moved on. */
@ExtendWith(RealEngine.class)
class ReproduceDockerIT {
    private static final String COPY = "#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README ~/readme\n";

    /**
     * The stand-in after somebody has published: cms.cern.ch has a newer state, and the servers still have the former
     * one.
     */
    private static final String PUBLISHED = """
            FROM %s
            RUN cd /usr/lib/cvmfs-stand-in && unsquashfs -q -n -d /new cms.cern.ch.squashfs && mkdir past && \\
                mv cms.cern.ch.squashfs past/cms.cern.ch.$(attr -qg root_hash /new).squashfs && echo newer >/new/README && \\
                setfattr -n user.revision -v 9999 /new && setfattr -n user.root_hash -v 1111111111111111111111111111111111111111 /new && \\
                mksquashfs /new cms.cern.ch.squashfs -quiet -no-progress && rm -rf /new
            """;

    private static ImageRecord record(Rig rig, String command, String base, String tag, String... further)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command));
        if (command.equals("build") && base != null) {
            arguments.addAll(List.of(
                    "--strategy=commit", "--base-image=" + base, "--mounts=cms.cern.ch", "--setup-file=setup.sh"));
        }
        arguments.addAll(List.of("--tag=" + tag, "--record=" + tag.replaceAll(".*/|:.*", "") + ".json"));
        arguments.addAll(List.of(further));
        Ran ran = Ran.of(rig.cli(arguments.toArray(String[]::new)));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        if (command.equals("reproduce")) {
            assertThat(ran.err().lines())
                    .last()
                    .asString()
                    .startsWith("Revisions: the same as in a.json: cms.cern.ch ");
        }
        return ImageRecord.fromJson(Files.readString(rig.workspace().resolve(tag.replaceAll(".*/|:.*", "") + ".json")));
    }

    private static void publish(Rig rig, String base) throws Exception {
        Files.createDirectory(rig.workspace().resolve("published"));
        rig.write("published/Dockerfile", PUBLISHED.formatted(Rig.baseImage()));
        rig.docker("buildx", "build", "--builder=default", "--load", "--tag=" + base, "published")
                .answer();
    }

    @Test
    void mountsTheStateOfThen(Rig rig) throws Exception {
        String base = rig.local("base:1");
        rig.write("setup.sh", COPY);
        rig.docker("tag", Rig.baseImage(), base).answer();
        List<MountedRepository> then =
                record(rig, "build", base, rig.local("a:1")).repositories();
        Cvmfs.assertRevisions(
                rig,
                rig.local("a:1"),
                ImageRecord.fromJson(Files.readString(rig.workspace().resolve("a.json"))));

        publish(rig, base);
        assertThat(record(rig, "build", base, rig.local("b:1")).repositories())
                .extracting(MountedRepository::revision)
                .containsExactly(9999L);
        assertThat(rig.inside(rig.local("b:1"), "cat /home/cmsusr/readme")).isEqualTo("newer");

        // An engine that knows a digest of what was never pushed has it as the base image of then, whose newest state
        // is that of then.
        assertThat(record(rig, "reproduce", base, rig.local("c:1"), "a.json", "--base-image=" + base)
                        .repositories())
                .isEqualTo(then);
        Cvmfs.assertCopied(rig, rig.local("c:1"), "/home/cmsusr/readme");
    }

    @Test
    void usesTheRecordedBaseImage(Rig rig) throws Exception {
        String base = rig.in(Registry.plain(), "base:1");
        rig.write("setup.sh", COPY);
        rig.docker("tag", Rig.baseImage(), base).answer();
        rig.docker("push", "--quiet", base).answer();
        ImageRecord then = record(rig, "build", base, rig.local("a:1"));
        assertThat(then.baseImages().get(0).digest()).startsWith("sha256:");

        publish(rig, base);
        rig.docker("push", "--quiet", base).answer();
        ImageRecord again = record(rig, "reproduce", base, rig.local("c:1"), "a.json");
        String pinned =
                base.replaceFirst(":1$", "") + "@" + then.baseImages().get(0).digest();
        assertThat(again.inputs().options().text(ImageTable.BASE_IMAGE)).isEqualTo(pinned);
        assertThat(again.repositories()).isEqualTo(then.repositories());
        Cvmfs.assertCopied(rig, rig.local("c:1"), "/home/cmsusr/readme");
        assertThat(rig.inside(rig.local("c:1"), "ls /usr/lib/cvmfs-stand-in")).doesNotContain("past");
        rig.docker("image", "rm", pinned);
    }

    @Test
    void mountsTheStateOfThenForADockerfileWithTheHelper(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave("docker/dockerfile:1"),
                "the engine's own Dockerfile frontend does not know RUN --security, and docker/dockerfile:1 cannot be pulled");
        String base = rig.local("base:1");
        rig.docker("tag", Rig.baseImage(), base).answer();
        rig.write(
                "Dockerfile",
                "# syntax=docker/dockerfile:1\nFROM " + base + "\nUSER root\nARG ARG_CVMFS_MOUNTS\n"
                        + "RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper "
                        + "/cvmfs-helper/mount && cp /cvmfs/cms.cern.ch/README /readme\n");
        ImageRecord then =
                record(rig, "build", null, rig.local("a:1"), "--builder-driver=docker", "--mounts=cms.cern.ch");
        Cvmfs.assertRevisions(rig, rig.local("a:1"), then);

        ImageRecord again = record(rig, "reproduce", null, rig.local("c:1"), "a.json", "--no-cache");
        assertThat(again.repositories()).isEqualTo(then.repositories());
        Cvmfs.assertRevisions(rig, rig.local("c:1"), again);
    }

    @Test
    void buildsNothingFromAnotherScript(Rig rig) throws Exception {
        rig.write("setup.sh", COPY);
        record(rig, "build", Rig.baseImage(), rig.local("a:1"));
        rig.write("setup.sh", COPY + "echo more >~/more\n");

        Ran refused = Ran.of(rig.cli("reproduce", "a.json", "--tag=" + rig.local("c:1")));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("Invalid --setup-file 'setup.sh': its sha256 is ", "--allow-changed-source")
                .doesNotContain("Exception");
        assertThat(rig.hasImage(rig.local("c:1"))).isFalse();

        record(rig, "reproduce", Rig.baseImage(), rig.local("c:1"), "a.json", "--allow-changed-source");
        assertThat(rig.inside(rig.local("c:1"), "cat /home/cmsusr/more")).isEqualTo("more");
    }
}
