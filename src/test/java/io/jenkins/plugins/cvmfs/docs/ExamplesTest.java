package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageStep;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.builder.AstBuilder;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.control.CompilePhase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents and examples show can be parsed, and names only what exists. */
class ExamplesTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    /** An option with its value, as a sentence shows it. */
    private static final Pattern PAIR = Pattern.compile("\\w+: (?!\\[\\w+: \\.\\.\\.]$).+");

    private static final Set<String> RESULTS = Arrays.stream(DerivedImageResult.class.getMethods())
            .map(method -> method.getName())
            .filter(name -> name.startsWith("get"))
            .map(name -> name.substring(3, 4).toLowerCase() + name.substring(4))
            .collect(Collectors.toSet());

    /** The parts of a language, by where they are. */
    private static Stream<Arguments> blocks(String language) throws IOException {
        return Documents.blocks(language).stream().map(block -> Arguments.of(block.place(), block.text()));
    }

    private static Stream<Arguments> files(String... names) throws IOException {
        List<Arguments> found = new ArrayList<>();
        for (String name : names) {
            found.add(Arguments.of(name, Files.readString(Path.of("examples", name))));
        }
        return found.stream();
    }

    static Stream<Arguments> pipelines() throws IOException {
        return Stream.of(blocks("groovy"), files("Jenkinsfile", "Jenkinsfile.scripted", "job.groovy"), jobsOfTheLab())
                .flatMap(Function.identity());
    }

    private static Stream<Arguments> jobsOfTheLab() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples/lab/controller/jobs"))) {
            List<Arguments> found = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                found.add(Arguments.of(
                        file.toString(), Files.readString(file).replaceFirst("(?s).*<script>(.*)</script>.*", "$1")));
            }
            return found.stream();
        }
    }

    static Stream<Arguments> configurations() throws IOException {
        return Stream.concat(blocks("yaml"), files("jenkins.yaml"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pipelines")
    void aPipelineNamesOptionsAndResultsThatExist(String place, String text) {
        List<String> unknown = new ArrayList<>();
        List<String> calls = new ArrayList<>();
        for (ASTNode node : new AstBuilder().buildFromString(CompilePhase.CONVERSION, true, text)) {
            node.visit(new CodeVisitorSupport() {
                @Override
                public void visitMethodCallExpression(MethodCallExpression call) {
                    if ("cvmfsDerivedImage".equals(call.getMethodAsString())) {
                        calls.add(call.getText());
                        arguments(call)
                                .forEach(options -> Bound.unknown("step", options, CvmfsDerivedImageStep.class)
                                        .forEach(unknown::add));
                    }
                    super.visitMethodCallExpression(call);
                }

                @Override
                public void visitPropertyExpression(PropertyExpression property) {
                    if (property.getObjectExpression().getText().equals("image")
                            && !RESULTS.contains(property.getPropertyAsString())) {
                        unknown.add("image." + property.getPropertyAsString());
                    }
                    super.visitPropertyExpression(property);
                }
            });
        }
        assertThat(calls).as("the step in %s", place).isNotEmpty();
        assertThat(unknown).as("%s", place).isEmpty();
    }

    private static Stream<Object> arguments(MethodCallExpression call) {
        return ((TupleExpression) call.getArguments())
                .getExpressions().stream()
                        .filter(argument -> !(argument instanceof ClosureExpression))
                        .map(ExamplesTest::value);
    }

    private static Object value(Expression expression) {
        if (expression instanceof MapExpression map) {
            Map<String, Object> values = new LinkedHashMap<>();
            map.getMapEntryExpressions()
                    .forEach(
                            entry -> values.put(entry.getKeyExpression().getText(), value(entry.getValueExpression())));
            return values;
        }
        return expression instanceof ListExpression list
                ? list.getExpressions().stream().map(ExamplesTest::value).toList()
                : expression.getText();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("configurations")
    void aConfigurationHasKeysThatExist(String place, String text) throws IOException {
        Map<String, Map<String, Object>> yaml = YAML.readValue(text, new TypeReference<>() {});

        assertThat(yaml).as(place).containsOnlyKeys("unclassified");
        assertThat(yaml.get("unclassified")).as(place).containsOnlyKeys("cvmfsDerivedImages");
        assertThat(Bound.unknown(
                        "cvmfsDerivedImages",
                        yaml.get("unclassified").get("cvmfsDerivedImages"),
                        DerivedImageConfiguration.class))
                .as(place)
                .isEmpty();
    }

    @Test
    void everyKeyOfTheConfigurationIsInTheDocument() throws IOException {
        String document = Files.readString(Path.of("docs/configuration.md"));
        assertThat(Bound.properties(DerivedImageConfiguration.class).keySet())
                .allSatisfy(key -> assertThat(document).contains("| `" + key + "` |"));
    }

    static Stream<Arguments> options() throws IOException {
        return Documents.inline().stream()
                .filter(code -> PAIR.matcher(code.text()).matches())
                .map(code -> Arguments.of(code.place(), code.text().replaceFirst(",$", "")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void anOptionInASentenceExists(String place, String text) {
        aPipelineNamesOptionsAndResultsThatExist(place, "cvmfsDerivedImage(" + text + ")");
    }

    /** In a Pipeline these options have other names. */
    @Test
    void aSentenceNamesAnOptionAsAPipelineDoes() throws IOException {
        Set<String> inner = OptionTable.all().stream()
                .filter(option -> option.isInJenkins() && !option.pipeline().contains(option.name()))
                .map(Option::name)
                .collect(Collectors.toSet());
        assertThat(inner).contains("cvmfsAccess", "builderDriver");
        assertThat(Documents.inline())
                .filteredOn(code -> !code.place().startsWith("docs/record.md"))
                .allSatisfy(code ->
                        assertThat(code.text().split("\\W+")).as(code.place()).doesNotContainAnyElementsOf(inner));
    }

    @Test
    void anExampleWithAMistakeIsFound() {
        assertThat(Bound.unknown(
                        "step", Map.of("tag", "a", "cvmfs", Map.of("proxy", "p")), CvmfsDerivedImageStep.class))
                .containsExactlyInAnyOrder("step.tag", "step.cvmfs.proxy");
        assertThat(Bound.unknown(
                        "c",
                        Map.of("registries", List.of(Map.of("url", "r", "password", "p"))),
                        DerivedImageConfiguration.class))
                .containsExactly("c.registries.password");
    }

    static Stream<Arguments> pods() throws IOException {
        return files("agents/docker-in-docker.yaml", "agents/pod-host-access.yaml", "agents/pod-buildkit.yaml");
    }

    /** The agent's container has the socket of the sidecar, and every volume that is mounted exists. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("pods")
    void aPodTemplateIsAnAgentWithItsSidecar(String name, String text) throws IOException {
        JsonNode pod = YAML.readTree(text);
        assertThat(pod.path("kind").asText()).isEqualTo("Pod");
        Set<String> volumes = new HashSet<>();
        pod.at("/spec/volumes")
                .forEach(volume -> volumes.add(volume.path("name").asText()));
        List<Set<String>> mounted = new ArrayList<>();
        for (JsonNode container : pod.at("/spec/containers")) {
            Set<String> mounts = new HashSet<>();
            container
                    .path("volumeMounts")
                    .forEach(mount -> mounts.add(mount.path("name").asText()));
            assertThat(volumes).as("%s of %s", container.path("name"), name).containsAll(mounts);
            mounted.add(mounts);
        }
        assertThat(pod.at("/spec/containers/0/name").asText()).isEqualTo("jnlp");
        assertThat(pod.at("/spec/containers/0/securityContext").isMissingNode()).isTrue();
        // Without a group, only root may use the socket that both containers share.
        assertThat(pod.at("/spec/containers/1/args").toString()).contains("unix://", "\"--group\",\"1000\"");
        assertThat(mounted).hasSize(2);
        assertThat(mounted.get(1)).anyMatch(mounted.get(0)::contains);
        assertThat(text.lines().filter(line -> line.startsWith("#")).collect(Collectors.joining(" ")))
                .contains("cvmfsDerivedImage(");
    }

    @Test
    void yamlForKubernetesAndAnsibleIsYaml() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("examples/agents"))) {
            List<Path> examples = files.toList();
            assertThat(examples).hasSizeGreaterThan(2);
            for (Path example : examples) {
                assertThat(Optional.ofNullable(YAML.readValue(Files.readString(example), Object.class)))
                        .as("%s", example)
                        .isPresent();
            }
        }
    }
}
