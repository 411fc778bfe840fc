package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.tree.ParseTree;
import org.junit.jupiter.api.Test;
import org.openrewrite.docker.internal.grammar.DockerLexer;
import org.openrewrite.docker.internal.grammar.DockerParser;

/** Where instructions begin and end, the grammar of OpenRewrite says too, in the files that it accepts. */
class OtherReaderTest {
    /**
     * Where it is not as BuildKit: it knows no escape directive, no quotes in flags, no instruction that docker lacks,
     * no line of a backslash alone.
     */
    private static final Set<String> NOT_AS_BUILDKIT =
            Set.of("file 1", "file 3", "unknown instructions", "a backslash alone");

    private static final int LEAST = 30;

    @Test
    void agrees() {
        int agreed = 0;
        Set<String> others = new TreeSet<>();
        for (Map.Entry<String, String> file : files().entrySet()) {
            List<String> theirs = new ArrayList<>();
            if (read(file.getValue(), theirs)) {
                List<String> ours = Dockerfile.parse(file.getValue()).orElseThrow().instructions().stream()
                        .map(each -> each.firstLine() + "-" + each.lastLine() + " " + each.name())
                        .toList();
                agreed += ours.equals(theirs) ? 1 : 0;
                if (!ours.equals(theirs)) {
                    others.add(file.getKey());
                }
            }
        }
        assertThat(others).containsExactlyInAnyOrderElementsOf(NOT_AS_BUILDKIT);
        assertThat(agreed).isGreaterThanOrEqualTo(LEAST);
    }

    private static Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        Corpus.ALL.forEach(text -> files.put("file " + files.size(), text));
        // It reads only what has a FROM.
        DockerfileReaderTest.instructions().forEach(row -> {
            String text = (String) row.get()[1];
            files.put(
                    (String) row.get()[0],
                    text.startsWith("#") || text.startsWith("\uFEFF") ? text : "FROM a\n" + text);
        });
        return files;
    }

    /** Whether it accepts the file. */
    private static boolean read(String text, List<String> found) {
        int[] errors = {0};
        BaseErrorListener count = new BaseErrorListener() {
            @Override
            public void syntaxError(
                    Recognizer<?, ?> by, Object symbol, int line, int column, String message, RecognitionException e) {
                errors[0]++;
            }
        };
        DockerLexer lexer = new DockerLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        lexer.addErrorListener(count);
        DockerParser parser = new DockerParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(count);
        gather(parser.dockerfile(), found);
        return errors[0] == 0;
    }

    private static void gather(ParserRuleContext tree, List<String> found) {
        for (int i = 0; i < tree.getChildCount(); i++) {
            ParseTree child = tree.getChild(i);
            if (child instanceof DockerParser.GlobalArgsContext
                    || child instanceof DockerParser.StageContext
                    || child instanceof DockerParser.StageInstructionContext) {
                gather((ParserRuleContext) child, found);
            } else if (child instanceof ParserRuleContext rule
                    && rule.getClass().getSimpleName().endsWith("InstructionContext")) {
                // A heredoc is one symbol.
                long more = rule.getStop()
                        .getText()
                        .stripTrailing()
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                String name = rule.getStart().getText().toLowerCase(Locale.ROOT);
                found.add(rule.getStart().getLine() + "-" + (rule.getStop().getLine() + more) + " " + name);
            }
        }
    }
}
