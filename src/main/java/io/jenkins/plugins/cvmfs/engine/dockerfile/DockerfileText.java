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
 * A Dockerfile as it was read, with the ignore file beside it. BuildKit gets these texts, so exactly what was checked
 * is built, even if the file in the workspace changes or is a link that BuildKit would resolve differently.
 *
 * @param text the Dockerfile
 * @param ignore the file of the same name with {@code .dockerignore} appended; empty if there is none, so the context's
 *     own {@code .dockerignore} applies
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
     * @param files finds the file
     * @param reader gives the text of a file; empty if it cannot be read or is larger than 1 MiB
     * @return empty for a setup script or a remote context
     * @throws InvalidSpecException if a file exists but cannot be read, or pins a frontend that is too old for the
     *     options
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
