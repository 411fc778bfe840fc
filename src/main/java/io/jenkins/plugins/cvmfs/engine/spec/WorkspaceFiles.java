package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.Optional;

/** Tells which of the files that a description names are there. */
public interface WorkspaceFiles {
    /** Takes every file for granted, for a plan that is made where the files are not. */
    WorkspaceFiles UNCHECKED = new WorkspaceFiles() {
        @Override
        public boolean isFile(String path) {
            return true;
        }

        @Override
        public boolean isDirectory(String path) {
            return true;
        }
    };

    /** Whether {@code path}, relative to the current directory, is a readable file. */
    boolean isFile(String path);

    /** Whether {@code path}, relative to the current directory, is a directory. */
    boolean isDirectory(String path);

    /** The text of a file; empty if it cannot be read or is too large. */
    default Optional<String> text(String path) {
        return Optional.empty();
    }

    /** Whether docker would take a directory for what is meant as an address, because it has that name. */
    default boolean hides(String address) {
        return false;
    }

    /** Whether {@code path} leads, through {@code ..} or a link, to where a build may not read or write. */
    default boolean isOutside(String path) {
        return false;
    }
}
