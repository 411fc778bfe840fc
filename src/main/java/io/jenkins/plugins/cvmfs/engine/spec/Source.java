package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.Optional;

/** Where the content comes from. */
public sealed interface Source {
    /**
     * A Dockerfile.
     *
     * @param dockerfile its path below the current directory
     * @param context the build context: a directory, or the URL of a git repository or an archive
     * @param target the stage to build, or null for the last
     */
    record Dockerfile(String dockerfile, String context, String target) implements Source {
        /** The path of the file; empty for a remote context. */
        public Optional<String> local() {
            if (SourceRules.isRemote(context)) {
                return Optional.empty();
            }
            return Optional.of(dockerfile == null ? context + "/Dockerfile" : dockerfile);
        }
    }

    /**
     * A setup script that runs in a container of the base image.
     *
     * @param script the script
     * @param baseImage the base image
     */
    record Setup(Script script, String baseImage) implements Source {}

    /** The text of a setup script, or its location. */
    sealed interface Script {
        /** @param text the script itself */
        record Inline(String text) implements Script {}

        /** @param path a file below the current directory */
        record File(String path) implements Script {}

        /**
         * A script that the agent fetches.
         *
         * @param url http or https
         * @param sha256 64 lower-case hexadecimal digits
         */
        record Url(String url, String sha256) implements Script {}
    }
}
