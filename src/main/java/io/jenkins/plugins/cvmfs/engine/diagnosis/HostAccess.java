package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import java.util.List;
import java.util.Optional;

/** Checks whether builds can read the machine's own CVMFS instead of mounting with the base image's client. */
public final class HostAccess {
    // Reading a repository makes an automounter mount it.
    private static final String MISSING = """
            directory=$1
            shift
            for name; do
                ls -d "$directory/$name/." >/dev/null 2>&1 &&
                    awk -v point="$directory/$name" '$2 == point && $3 != "autofs" { found = 1 } END { exit !found }' /proc/mounts ||
                    echo "$name"
            done
            """;

    private final Probe probe;
    private final String directory;

    /**
     * @param probe reaches the machine
     * @param directory the directory of the machine's repositories
     */
    public HostAccess(Probe probe, String directory) {
        this.probe = probe;
        this.directory = directory;
    }

    /**
     * Why builds cannot read them, as part of a sentence; empty if they can.
     *
     * @param repositories the repositories that a build needs
     * @param device whether a RUN of a Dockerfile reads them, not only containers started by docker
     */
    public Optional<String> obstacle(List<String> repositories, boolean device) {
        if (!EngineChecks.isLocal(probe)) {
            return Optional.of("the engine is on another machine");
        }
        String[] arguments = new String[repositories.size() + 1];
        arguments[0] = directory;
        for (int i = 0; i < repositories.size(); i++) {
            arguments[i + 1] = repositories.get(i);
        }
        Probe.Answer answer = probe.shell(MISSING, arguments);
        // What a machine answers is not repeated, but compared.
        List<String> missing = repositories.stream()
                .filter(answer.output().lines().toList()::contains)
                .toList();
        if (!missing.isEmpty()) {
            return Optional.of("the agent has no " + String.join(", ", missing) + " mounted below " + directory);
        } else if (!answer.ok() || !answer.output().isBlank()) {
            return Optional.of("reading " + directory + " on the agent failed");
        }
        HostCvmfsChecks checks = new HostCvmfsChecks(probe, FrontEnd.PLAIN, directory);
        if (!checks.isShared()) {
            return Optional.of("mounts are private on the agent, so they do not reach containers");
        } else if (device && !checks.isDiscovered()) {
            return Optional.of("the engine does not know the CDI device " + CvmfsDevice.NAME);
        }
        return Optional.empty();
    }
}
