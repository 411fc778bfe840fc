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
 * @param frontend the image that reads the file unless the build names another one; empty for the builder's own
 * @param instructions in their order; those before the mistake, if there is one
 * @param mistake why BuildKit does not accept the file; empty if it does
 */
public record Dockerfile(
        Map<String, Directive> directives,
        Optional<String> frontend,
        List<Instruction> instructions,
        Optional<Mistake> mistake) {
    /** Longer texts, in characters, are not read. */
    public static final int MOST = 1 << 20;

    /**
     * A parser directive.
     *
     * @param value what follows the equals sign
     * @param line its line, from 1
     */
    public record Directive(String value, int line) {}

    /**
     * Reads a file. The work grows with the text's length alone, whatever it holds.
     *
     * @return empty if it is longer than {@link #MOST}
     */
    public static Optional<Dockerfile> parse(String text) {
        return text.length() > MOST ? Optional.empty() : Optional.of(new DockerfileReader(text).read());
    }

    /** The stages in their order. */
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
     * The images that a build reads, as they are written, with ARGs replaced: FROM, {@code COPY --from}, {@code RUN
     * --mount=from=} and the frontend. An image whose name nobody can tell before the build is left out; variables of
     * the platform stand for those of linux/amd64.
     *
     * @param buildArgs the build's arguments, BUILDKIT_SYNTAX included
     * @param contexts names of the build's named contexts, which take precedence over images
     */
    public Set<String> images(Map<String, String> buildArgs, Set<String> contexts) {
        return new ImagesRead(this, buildArgs).without(contexts);
    }

    /**
     * Which stages read a named build context. A stage of that name hides it, and so nothing reads it.
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
