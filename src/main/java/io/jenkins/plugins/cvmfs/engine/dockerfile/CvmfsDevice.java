package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;

/**
 * The CDI device by which a RUN reads the {@code /cvmfs} of the machine that builds. The machine's administrator
 * installs its file. It grants no other power.
 */
public final class CvmfsDevice {
    /** The device's full name. */
    public static final String NAME = "cern.ch/cvmfs=all";

    /** The device's kind. */
    public static final String KIND = NAME.substring(0, NAME.indexOf('='));

    /** The flag of a RUN. Without {@code required} BuildKit silently omits a device that it does not know. */
    public static final String FLAG = "--device=" + NAME + ",required";

    /** The frontend that supports the flag. */
    public static final String FRONTEND = "docker/dockerfile:1-labs";

    /** The path at which engines and BuildKit look for the file. */
    public static final String FILE = "/etc/cdi/cvmfs.yaml";

    private CvmfsDevice() {}

    /**
     * The text of {@link #FILE}, YAML.
     *
     * @param directory the directory of the machine's repositories
     * @throws IllegalArgumentException if the directory {@linkplain HostDirectory#isAllowed is not allowed}
     */
    public static String file(String directory) {
        if (!HostDirectory.isAllowed(directory)) {
            throw new IllegalArgumentException(directory);
        }
        return """
                # %s: gives RUN --device=%s the agent's own %s, read-only. It grants no other power.
                cdiVersion: "0.6.0"
                kind: "%s"
                annotations:
                  # Without it BuildKit asks for --allow device, which the engine's own builder refuses.
                  org.mobyproject.buildkit.device.autoallow: "true"
                devices:
                  - name: all
                    containerEdits:
                      mounts:
                        # rslave: what the agent's automounter mounts later is seen in the build too.
                        - hostPath: %s
                          containerPath: /cvmfs
                          options: [ro, rbind, rslave, nosuid, nodev]
                """.formatted(FILE, NAME, directory, KIND, directory);
    }
}
