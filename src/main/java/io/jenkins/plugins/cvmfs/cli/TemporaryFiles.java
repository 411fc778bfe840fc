package io.jenkins.plugins.cvmfs.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where temporary files go: TMPDIR, as for other commands, which Java by itself does not follow. */
final class TemporaryFiles {
    private static final String VARIABLE = "TMPDIR";

    private TemporaryFiles() {}

    /** A directory that is there. */
    static Path directory() {
        String named = System.getenv(VARIABLE);
        return named != null && !named.isBlank() && Files.isDirectory(Path.of(named))
                ? Path.of(named).toAbsolutePath()
                : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
