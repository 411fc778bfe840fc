package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Dockerfile as it was read.
 *
 * @param directives the values of the parser directives {@code escape}, {@code check} and {@code syntax} above the
 *     first instruction
 * @param instructions in their order; those before the mistake, if there is one
 * @param mistake why BuildKit does not accept the file; empty if it does
 */
public record Dockerfile(Map<String, Directive> directives, List<Instruction> instructions, Optional<Mistake> mistake) {
    /**
     * A parser directive.
     *
     * @param value what follows the equals sign
     * @param line its line, from 1
     */
    public record Directive(String value, int line) {}

    /** The frontend that reads the file, {@code # syntax=}; empty for the builder's own. */
    public Optional<Directive> syntax() {
        return Optional.ofNullable(directives.get(Directives.SYNTAX));
    }
}
