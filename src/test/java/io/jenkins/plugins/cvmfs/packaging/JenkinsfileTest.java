package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.control.CompilePhase;
import org.junit.jupiter.api.Test;

/** The two Jenkinsfiles: that of ci.jenkins.io, read as the hosting checker reads it, and that of any other Jenkins. */
class JenkinsfileTest {
    private static final List<Integer> JDKS = List.of(21, 25);

    private static BlockStatement parsed(String file) throws IOException {
        return (BlockStatement) new AstBuilder()
                .buildFromString(CompilePhase.CONVERSION, false, Files.readString(Path.of(file)))
                .get(0);
    }

    @Test
    void theOneInTheRootIsOneBuildOnAllowedJdks() throws IOException {
        BlockStatement script = parsed("Jenkinsfile");

        assertThat(script.getStatements()).hasSize(1);
        MethodCallExpression call = (MethodCallExpression)
                ((ExpressionStatement) script.getStatements().get(0)).getExpression();
        assertThat(call.getMethodAsString()).isEqualTo("buildPlugin");
        List<Expression> arguments = ((TupleExpression) call.getArguments()).getExpressions();
        assertThat(arguments).hasSize(1);
        Map<?, ?> values = (Map<?, ?>) value(arguments.get(0));
        assertThat((List<?>) values.get("configurations")).isNotEmpty().allSatisfy(configuration -> {
            assertThat(((Map<?, ?>) configuration).get("platform")).isEqualTo("linux");
            assertThat(((Map<?, ?>) configuration).get("jdk")).isIn(JDKS);
        });
    }

    /** It runs everything, which bin/test does with both poms, and archives what both made. */
    @Test
    void theOtherTestsBothPomsAndArchivesBothPluginFiles() throws IOException {
        Map<String, List<Object>> calls = new LinkedHashMap<>();
        parsed("jenkins/Jenkinsfile").visit(new CodeVisitorSupport() {
            @Override
            public void visitMethodCallExpression(MethodCallExpression call) {
                List<Expression> given = call.getArguments() instanceof TupleExpression tuple
                        ? tuple.getExpressions()
                        : List.of(call.getArguments());
                if (given.size() == 1 && isValue(given.get(0))) {
                    calls.computeIfAbsent(call.getMethodAsString(), name -> new ArrayList<>())
                            .add(value(given.get(0)));
                }
                super.visitMethodCallExpression(call);
            }
        });

        assertThat(calls.get("sh")).containsExactly("bin/test");
        assertThat(Path.of("bin/test")).isExecutable().content().contains("-f jenkins verify", "run_maven verify");
        assertThat(patterns(calls, "archiveArtifacts", "artifacts"))
                .satisfiesExactly(
                        pattern -> assertMatches(pattern, "jenkins/target/cvmfs-derived-image.hpi"),
                        pattern -> assertMatches(pattern, "target/cvmfs-derived-image.hpi"),
                        pattern -> assertMatches(pattern, "target/cvmfs-derived-image-cli.jar"));
        assertThat(patterns(calls, "junit", "testResults")).singleElement().satisfies(pattern -> {
            assertMatches(pattern, "jenkins/target/surefire-reports/TEST-a.xml");
            assertMatches(pattern, "target/surefire-reports/TEST-a.xml");
            assertMatches(pattern, "target/failsafe-reports/TEST-a.xml");
        });
    }

    private static List<String> patterns(Map<String, List<Object>> calls, String step, String parameter) {
        assertThat(calls.get(step)).as(step).hasSize(1);
        return Stream.of(((String) ((Map<?, ?>) calls.get(step).get(0)).get(parameter)).split(","))
                .map(String::strip)
                .toList();
    }

    /** In Ant's patterns ** is no directory, too. */
    private static void assertMatches(String pattern, String path) {
        assertThat(Stream.of(pattern, pattern.replaceFirst("^\\*\\*/", "")))
                .as("%s of %s", path, pattern)
                .anyMatch(each ->
                        FileSystems.getDefault().getPathMatcher("glob:" + each).matches(Path.of(path)));
    }

    private static boolean isValue(Expression expression) {
        return expression instanceof ConstantExpression
                || expression instanceof MapExpression map
                        && map.getMapEntryExpressions().stream()
                                .allMatch(entry -> entry.getValueExpression() instanceof ConstantExpression);
    }

    private static Object value(Expression expression) {
        if (expression instanceof ListExpression list) {
            return list.getExpressions().stream().map(JenkinsfileTest::value).toList();
        }
        if (expression instanceof MapExpression map) {
            Map<Object, Object> values = new LinkedHashMap<>();
            map.getMapEntryExpressions()
                    .forEach(entry -> values.put(value(entry.getKeyExpression()), value(entry.getValueExpression())));
            return values;
        }
        return ((ConstantExpression) expression).getValue();
    }
}
