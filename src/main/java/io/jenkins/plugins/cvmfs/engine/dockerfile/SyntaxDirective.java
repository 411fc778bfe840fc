package io.jenkins.plugins.cvmfs.engine.dockerfile;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frontend that a Dockerfile names in its first lines, {@code # syntax=docker/dockerfile:1}.
 *
 * <p>This is for a decision about trust: every line that BuildKit may take for the directive counts, and some that it
 * does not take.
 */
public final class SyntaxDirective {
    private static final Pattern DIRECTIVE =
            Pattern.compile("(?:#|//)\\s*syntax\\s*=\\s*(.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private SyntaxDirective() {}

    /**
     * The frontends that a Dockerfile may be built with; none if it names none, and the builder's own is used.
     *
     * @return empty where the text is no Dockerfile as people write them, and may name one in another way
     */
    public static Optional<Set<String>> frontends(String dockerfile) {
        String text = dockerfile.startsWith(BYTE_ORDER_MARK) ? dockerfile.substring(1) : dockerfile;
        // BuildKit also reads a JSON document.
        if (text.stripLeading().startsWith("{")) {
            return Optional.empty();
        }
        Set<String> frontends = new LinkedHashSet<>();
        // To BuildKit a carriage return ends no line.
        for (String line : text.split("\n", -1)) {
            String stripped = line.strip();
            if (!stripped.isEmpty() && !stripped.startsWith("#") && !stripped.startsWith("//")) {
                break;
            }
            Matcher directive = DIRECTIVE.matcher(stripped);
            if (directive.matches()) {
                frontends.add(image(directive.group(1)));
            }
        }
        return Optional.of(frontends);
    }

    /** The image of a frontend, which may have arguments after it. */
    public static String image(String frontend) {
        return frontend.strip().split("\\s", 2)[0];
    }
}
