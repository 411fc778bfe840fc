package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a Dockerfile line by line, by BuildKit's grammar. Accepts any text; the work is linear in its length.
 *
 * <p>Unknown instructions, and arguments that BuildKit rejects later, are not mistakes here.
 */
final class DockerfileReader {
    private static final int LINE_MOST = SyntaxDirective.LINE_MOST;

    private final Directives directives = new Directives("#");
    private final List<Instruction> instructions = new ArrayList<>();
    private final String text;
    private char escape;
    private int position;
    private int line;

    DockerfileReader(String text) {
        this.text = SyntaxDirective.withoutMark(text);
    }

    Dockerfile read() {
        Mistake mistake = null;
        try {
            while (position < text.length()) {
                next();
            }
            if (instructions.isEmpty()) {
                mistake =
                        new Mistake(Math.max(1, line), "the file has no instruction", "write FROM and what follows it");
            }
        } catch (UnacceptedException e) {
            mistake = e.mistake();
        }
        return new Dockerfile(
                Map.copyOf(directives.found()),
                SyntaxDirective.used(text),
                List.copyOf(instructions),
                Optional.ofNullable(mistake));
    }

    private void next() throws UnacceptedException {
        String first = Spaces.trimLeft(trimEnd(nextLine()));
        String wrong = directives.read(first, line);
        if (wrong != null) {
            throw new UnacceptedException(line, wrong, "remove this line");
        }
        escape = directives
                .escape()
                .orElseThrow(() -> new UnacceptedException(
                        line, "the escape character must be ` or \\", "write # escape=` or remove the line"));
        if (first.isEmpty() || first.startsWith("#")) {
            return;
        }
        int start = line;
        StringBuilder whole = new StringBuilder();
        boolean goesOn = append(whole, first);
        while (goesOn && position < text.length()) {
            String more = trimEnd(nextLine());
            String trimmed = Spaces.trimLeft(more);
            if (!trimmed.isEmpty() && !trimmed.startsWith("#")) {
                goesOn = append(whole, more);
            }
        }
        Instruction instruction = new InstructionReader(escape, start).read(whole.toString());
        List<Heredoc> heredocs = new ArrayList<>();
        for (Heredoc begun : InstructionReader.heredocs(instruction, whole.toString())) {
            heredocs.add(body(begun, start));
        }
        instructions.add(instruction.at(start, line, List.copyOf(heredocs)));
    }

    /** Whether the instruction continues in the next line. */
    private boolean append(StringBuilder whole, String piece) {
        int end = piece.length();
        while (end > 0 && (piece.charAt(end - 1) == ' ' || piece.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean goesOn = end > 0 && piece.charAt(end - 1) == escape && (end == 1 || piece.charAt(end - 2) != escape);
        whole.append(piece, 0, goesOn ? end - 1 : piece.length());
        return goesOn;
    }

    private Heredoc body(Heredoc begun, int start) throws UnacceptedException {
        StringBuilder content = new StringBuilder();
        while (position < text.length()) {
            String read = nextLine();
            String end = trimEnd(read);
            if ((begun.chomp() ? end.replaceFirst("^\\t+", "") : end).equals(begun.name())) {
                return new Heredoc(begun.name(), begun.expand(), begun.chomp(), content.toString());
            }
            content.append(read);
        }
        throw new UnacceptedException(
                start,
                "the heredoc " + begun.name() + " is not terminated",
                "write a line below it that holds " + begun.name() + " and nothing else");
    }

    private String nextLine() throws UnacceptedException {
        int end = text.indexOf('\n', position);
        String read = text.substring(position, end < 0 ? text.length() : end + 1);
        line++;
        if (read.length() * 3 > LINE_MOST
                && read.getBytes(StandardCharsets.UTF_8).length > (end < 0 ? LINE_MOST - 1 : LINE_MOST)) {
            throw new UnacceptedException(
                    line,
                    "the line is longer than the " + (LINE_MOST - 1) + " bytes that BuildKit reads",
                    "split it with \\ at the ends of lines, or COPY the text as a file");
        }
        position += read.length();
        return read;
    }

    private static String trimEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }
}
