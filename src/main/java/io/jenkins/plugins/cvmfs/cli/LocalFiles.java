package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The files of the current directory. */
final class LocalFiles implements WorkspaceFiles {
    private static final int MOST = 1 << 20;

    @Override
    public boolean isFile(String path) {
        try {
            return Files.isRegularFile(Path.of(path)) && Files.isReadable(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public boolean isDirectory(String path) {
        try {
            return Files.isDirectory(Path.of(path));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** The text of a file; empty if it cannot be read or is larger than 1 MiB. */
    @Override
    public boolean hides(String address) {
        return isDirectory(address);
    }

    @Override
    public Optional<String> text(String path) {
        if (!isFile(path)) {
            return Optional.empty();
        }
        try (InputStream stream = Files.newInputStream(Path.of(path))) {
            byte[] bytes = stream.readNBytes(MOST + 1);
            return bytes.length > MOST ? Optional.empty() : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
