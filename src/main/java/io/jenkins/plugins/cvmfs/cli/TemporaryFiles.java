package io.jenkins.plugins.cvmfs.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The directory for temporary files: TMPDIR, as for other commands, which Java ignores by itself. */
final class TemporaryFiles {
    private static final String VARIABLE = "TMPDIR";

    private TemporaryFiles() {}

    /** An existing directory. */
    static Path directory() {
        String named = System.getenv(VARIABLE);
        return named != null && !named.isBlank() && Files.isDirectory(Path.of(named))
                ? Path.of(named).toAbsolutePath()
                : Path.of(System.getProperty("java.io.tmpdir"));
    }
}
