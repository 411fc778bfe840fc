package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The files of the current directory. */
final class LocalFiles implements WorkspaceFiles {
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
}
