package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A Dockerfile as it was read, with the ignore file beside it. BuildKit gets these texts, so what was checked is what
 * is built, even if the file in the workspace changes or is a link that BuildKit resolves otherwise.
 *
 * @param text the Dockerfile
 * @param ignore the file of the same name with {@code .dockerignore} at its end; empty if there is none, and the
 *     context's own {@code .dockerignore} holds
 */
public record DockerfileText(String text, Optional<String> ignore) {
    private static final String OPTION = "dockerfile";
    private static final String IGNORE = ".dockerignore";

    /** A Dockerfile without an ignore file beside it. */
    public static DockerfileText of(String text) {
        return new DockerfileText(text, Optional.empty());
    }

    /**
     * Reads the Dockerfile of a build.
     *
     * @param files where it is
     * @param reader gives the text of a file; empty if it cannot be read or is larger than 1 MiB
     * @return empty for a setup script, and where the file comes with a context from elsewhere
     * @throws InvalidSpecException if a file is there but cannot be read, or pins a frontend that options need later
     */
    public static Optional<DockerfileText> read(
            ImageSpec spec, WorkspaceFiles files, Function<String, Optional<String>> reader)
            throws InvalidSpecException {
        if (!(spec.source() instanceof Source.Dockerfile source)
                || source.local().isEmpty()) {
            return Optional.empty();
        }
        String path = source.local().get();
        String ignore = path + IGNORE;
        boolean ignores = files.isFile(ignore) || files.isOutside(ignore);
        String text = text(path, reader);
        FrontendGates.check(spec, text);
        return Optional.of(new DockerfileText(text, ignores ? Optional.of(text(ignore, reader)) : Optional.empty()));
    }

    private static String text(String path, Function<String, Optional<String>> reader) throws InvalidSpecException {
        Optional<String> text = reader.apply(path);
        if (text.isEmpty()) {
            throw new InvalidSpecException(
                    List.of(new Problem(OPTION, path, "expected a readable text file of at most 1 MiB")));
        }
        return text.get();
    }
}
