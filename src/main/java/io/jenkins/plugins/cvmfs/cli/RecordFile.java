package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The file for the record. It is checked before the build, which may take hours. */
final class RecordFile {
    private final String option;
    private final Path file;

    /** @param option that names the file */
    RecordFile(String option, Path file) {
        this.option = option;
        this.file = file;
    }

    /** Checks that the file can be written, without changing it. */
    void tryOut() throws InvalidSpecException {
        boolean existed = Files.exists(file);
        if (existed && !Files.isDirectory(file) && !Files.isRegularFile(file)) {
            // The reader of a pipe would mistake this for the record.
            return;
        }
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            if (!existed) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new InvalidSpecException(List.of(
                    new Problem(option, file.toString(), "expected a file that can be written (" + reason(e) + ")")));
        }
    }

    void write(String text) throws BuildFailedException {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new BuildFailedException(new Finding(
                    "The image was built, but the file for " + option + " could not be written.",
                    file + ": " + reason(e) + ".",
                    "Free disk space or correct the path, then build again; the image itself is as printed above."));
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException failed && failed.getReason() != null) {
            return failed.getReason();
        }
        return e.getClass().getSimpleName().replace("Exception", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    }
}
