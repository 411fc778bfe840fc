package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.Optional;

/** Looks up the files that a description names. */
public interface WorkspaceFiles {
    /** Assumes that every file exists, for a plan on a machine without the files. */
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

    /** Whether a directory has the name of an address, so that docker would use the directory. */
    default boolean hides(String address) {
        return false;
    }

    /** Whether {@code path} leads, through {@code ..} or a link, to a place where a build may not read or write. */
    default boolean isOutside(String path) {
        return false;
    }
}
