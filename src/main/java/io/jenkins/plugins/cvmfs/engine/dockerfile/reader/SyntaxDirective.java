package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The frontend that a Dockerfile names in its first lines, {@code # syntax=docker/dockerfile:1}. */
public final class SyntaxDirective {
    /** The build argument that takes precedence over the file. */
    public static final String ARGUMENT = "BUILDKIT_SYNTAX";

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** Bytes of the longest line that BuildKit reads, including its end. */
    static final int LINE_MOST = 1 << 16;

    private static final String BLANKS = "[\\s\\p{Z}\\x85]*+";
    private static final Pattern LIKE_A_DIRECTIVE = Pattern.compile(
            "(?:#|//)" + BLANKS + "syntax" + BLANKS + "=(.+)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern INSTRUCTION = Pattern.compile("[A-Za-z]++(?:[\\s\\\\`].*)?", Pattern.DOTALL);

    private SyntaxDirective() {}

    /**
     * The frontends that any release of BuildKit might use for the file, for a decision about trust: every comment
     * above the first instruction that looks like the directive counts. Without such a comment the list is empty, and
     * the builder's own frontend reads the file.
     *
     * @return empty if the file does not begin like a Dockerfile, see {@link #obstacle}
     */
    public static Optional<Set<String>> frontends(String dockerfile) {
        if (obstacle(dockerfile).isPresent()) {
            return Optional.empty();
        }
        Set<String> frontends = new LinkedHashSet<>();
        for (String line : body(dockerfile).split("\n", -1)) {
            String text = Spaces.trimLeft(line);
            if (!text.isEmpty() && !isComment(text)) {
                break;
            }
            Matcher directive = LIKE_A_DIRECTIVE.matcher(text);
            if (directive.matches()) {
                frontends.add(beforeArguments(Directives.strip(directive.group(1))));
            }
        }
        return Optional.of(frontends);
    }

    /**
     * The same for a build, whose argument {@link #ARGUMENT} takes precedence.
     *
     * @param dockerfile the text; empty if it cannot be read before the build
     */
    public static Optional<Set<String>> frontends(Map<String, String> buildArgs, Optional<String> dockerfile) {
        String argument = buildArgs.getOrDefault(ARGUMENT, "");
        return argument.isBlank()
                ? dockerfile.flatMap(SyntaxDirective::frontends)
                : Optional.of(Set.of(image(argument)));
    }

    /**
     * Why the frontend of the file cannot be determined: BuildKit also accepts JSON and other texts, which only their
     * own frontends understand.
     *
     * @return one sentence without a full stop, such as {@code line 2 is ...}; empty if the file begins with
     *     directives, comments and an instruction
     */
    public static Optional<String> obstacle(String dockerfile) {
        String body = body(dockerfile);
        int number = withoutMark(dockerfile).equals(body) ? 0 : 1;
        for (String line : body.split("\n", -1)) {
            number++;
            String text = Spaces.trim(line);
            if (!text.isEmpty() && !isComment(text)) {
                return INSTRUCTION.matcher(text).matches()
                        ? Optional.empty()
                        : Optional.of("line " + number + " is neither a comment nor an instruction");
            }
        }
        return Optional.empty();
    }

    /**
     * The image of the frontend that current BuildKit uses for the file; empty for the builder's own.
     *
     * @param dockerfile any text
     */
    static Optional<String> used(String dockerfile) {
        String body = body(dockerfile);
        return directive(body, "#")
                .or(() -> directive(body, "//"))
                .map(SyntaxDirective::beforeArguments)
                .or(() -> Json.field(body, Directives.SYNTAX));
    }

    private static Optional<String> directive(String body, String comment) {
        Directives directives = new Directives(comment);
        int position = 0;
        for (int number = 1; position < body.length() && !directives.isDone(); number++) {
            int end = body.indexOf('\n', position);
            String line = body.substring(position, end < 0 ? body.length() : end);
            position += line.length() + 1;
            String text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            boolean tooLong = line.getBytes(StandardCharsets.UTF_8).length >= LINE_MOST;
            if (tooLong || directives.read(text, number) != null) {
                break;
            }
        }
        return Optional.ofNullable(directives.found().get(Directives.SYNTAX)).map(Dockerfile.Directive::value);
    }

    /** The file without a byte order mark and a {@code #!} line before its directives. */
    private static String body(String dockerfile) {
        String text = withoutMark(dockerfile);
        if (!text.startsWith("#!")) {
            return text;
        }
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(end + 1);
    }

    static String withoutMark(String text) {
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }

    private static boolean isComment(String text) {
        return text.startsWith("#") || text.startsWith("//");
    }

    /** The image of a frontend, without arguments after it. */
    public static String image(String frontend) {
        return beforeArguments(Spaces.trim(frontend));
    }

    private static String beforeArguments(String frontend) {
        int blank = frontend.indexOf(' ');
        return blank < 0 ? frontend : frontend.substring(0, blank);
    }
}
