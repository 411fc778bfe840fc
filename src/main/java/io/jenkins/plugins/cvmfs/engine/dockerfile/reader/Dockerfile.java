package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Dockerfile as BuildKit reads it.
 *
 * @param directives the values of the parser directives {@code escape}, {@code check} and {@code syntax} above the
 *     first instruction
 * @param frontend the image of the frontend, unless the build names another one; empty for the builder's own
 * @param instructions in order; those before the mistake, if there is one
 * @param mistake why BuildKit rejects the file; empty if it accepts it
 */
public record Dockerfile(
        Map<String, Directive> directives,
        Optional<String> frontend,
        List<Instruction> instructions,
        Optional<Mistake> mistake) {
    /** Limit of characters; longer texts are not read. */
    public static final int MOST = 1 << 20;

    /**
     * A parser directive.
     *
     * @param value what follows the equals sign
     * @param line its line, from 1
     */
    public record Directive(String value, int line) {}

    /**
     * Reads a file. The work is linear in the text's length, whatever it contains.
     *
     * @return empty if it is longer than {@link #MOST}
     */
    public static Optional<Dockerfile> parse(String text) {
        return text.length() > MOST ? Optional.empty() : Optional.of(new DockerfileReader(text).read());
    }

    /** The stages, in order. */
    public List<BuildStage> stages() {
        return BuildStage.of(instructions);
    }

    /**
     * The numbers, from 0, of the stages that a build needs.
     *
     * @param target the stage to build, by name or number; null for the last
     * @return empty if there is no such stage
     */
    public Set<Integer> needed(String target) {
        return new StageGraph(stages()).needed(target);
    }

    /**
     * The images that a build reads, as written but with ARGs replaced: FROM, {@code COPY --from}, {@code RUN
     * --mount=from=} and the frontend. An image whose name is unknown before the build is omitted. Platform variables
     * have the values of linux/amd64.
     *
     * @param buildArgs the build's arguments, BUILDKIT_SYNTAX included
     * @param contexts names of the build's named contexts, which take precedence over images
     */
    public Set<String> images(Map<String, String> buildArgs, Set<String> contexts) {
        return new ImagesRead(this, buildArgs).without(contexts);
    }

    /**
     * The stages that read a named build context. A stage of the same name hides it.
     *
     * @param name of the context
     */
    public ContextUse use(String name) {
        return ContextUse.of(stages(), name);
    }

    /**
     * The values of the ARGs above the first FROM, which FROM can refer to.
     *
     * @param buildArgs the build's arguments
     */
    public Map<String, String> globals(Map<String, String> buildArgs) {
        return new ImagesRead(this, buildArgs).globals();
    }
}
