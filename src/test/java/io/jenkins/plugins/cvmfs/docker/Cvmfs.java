package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;

/** What the stand-in base image has in its repositories. */
final class Cvmfs {
    /** In the base image's /etc/fstab, but on no server. */
    static final String UNREACHABLE = "ilc.desy.de";

    /** On a server, but not in the base image's /etc/fstab. */
    static final String NOT_IN_FSTAB = "atlas.cern.ch";

    /** What the client says of {@link #UNREACHABLE}. */
    static final String UNREACHABLE_MESSAGE = "no server has the repository's manifest";

    private static final Path README = Path.of("src/test/stand-in/repositories/cms.cern.ch/README");

    private Cvmfs() {}

    /** The file in the image is the one in cms.cern.ch, though the repository itself is not in the image. */
    static void assertCopied(Rig rig, String image, String file) throws Exception {
        assertThat(rig.inside(image, "cat " + file)).isEqualTo(Files.readString(README).strip());
        assertThat(rig.inside(image, "ls -A /cvmfs/cms.cern.ch")).isEmpty();
    }

    /** How many files the CVMFS client's cache in the image has. */
    static int cachedFiles(Rig rig, String image) throws Exception {
        return Integer.parseInt(rig.inside(image, "find /var/cache/cvmfs2 -type f | wc -l"));
    }
}
