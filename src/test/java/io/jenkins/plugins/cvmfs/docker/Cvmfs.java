package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.MountedRepository;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the stand-in base image has in its repositories. */
final class Cvmfs {
    /** In the base image's /etc/fstab, but on no server. */
    static final String UNREACHABLE = "ilc.desy.de";

    /** On a server, but not in the base image's /etc/fstab. */
    static final String NOT_IN_FSTAB = "atlas.cern.ch";

    /** What the client's log says of {@link #UNREACHABLE}. */
    static final String UNREACHABLE_MESSAGE = "failed to download repository manifest (7 - host connection problem)";

    private static final Path README = Path.of("src/test/stand-in/repositories/cms.cern.ch/README");

    /**
     * A setup script that notes, in a directory, how the client of cms.cern.ch was set up and what the configuration
     * says by then.
     */
    static String notesSettings(String directory) {
        return "#!/bin/bash\nset -e\ncvmfs_talk -i cms.cern.ch parameters >" + directory + "/parameters\n"
                + "cat /etc/cvmfs/default.local >" + directory + "/configuration\nls /etc/cvmfs >" + directory
                + "/files\n"
                + "getfattr --only-values -n user.root_hash /cvmfs/cms.cern.ch >" + directory + "/hash\n";
    }

    /** The client had the settings, and the image has nothing of them. */
    static void assertSettings(Rig rig, String image, String directory, String... settings) throws Exception {
        assertThat(rig.inside(image, "cat " + directory + "/parameters")).contains(settings);
        String own = rig.inside(Rig.baseImage(), "cat /etc/cvmfs/default.local; ls /etc/cvmfs");
        assertThat(rig.inside(image, "cat " + directory + "/configuration " + directory + "/files"))
                .isEqualTo(own);
        assertThat(rig.inside(image, "cat /etc/cvmfs/default.local; ls /etc/cvmfs"))
                .isEqualTo(own)
                .doesNotContain(settings);
    }

    /** How many bytes of an image's files the base image has not. */
    static long added(Rig rig, String image, String base) throws Exception {
        return rig.image(image).path("Size").asLong()
                - rig.image(base).path("Size").asLong();
    }

    private Cvmfs() {}

    /** The file in the image is the one in cms.cern.ch, though the repository itself is not in the image. */
    static void assertCopied(Rig rig, String image, String file) throws Exception {
        assertThat(rig.inside(image, "cat " + file))
                .isEqualTo(Files.readString(README).strip());
        assertThat(rig.inside(image, "ls -A /cvmfs/cms.cern.ch")).isEmpty();
    }

    /** The record and the image tell the revision of cms.cern.ch and its root hash. */
    static void assertRevisions(Rig rig, String image, ImageRecord record) throws Exception {
        assertThat(record.repositories()).hasSize(1);
        MountedRepository mounted = record.repositories().get(0);
        assertThat(mounted.name()).isEqualTo("cms.cern.ch");
        assertThat(mounted.revision()).isGreaterThan(4200);
        assertThat(mounted.rootHash()).matches("[0-9a-f]{40}");
        assertThat(rig.inside(image, "cat /usr/share/cvmfs-derived-image/repositories"))
                .isEqualTo("cms.cern.ch " + mounted.revision() + " " + mounted.rootHash());
    }

    /** How many files the CVMFS client's cache in the image has. */
    static int cachedFiles(Rig rig, String image) throws Exception {
        return Integer.parseInt(rig.inside(image, "find /var/cache/cvmfs2 -type f | wc -l"));
    }
}
