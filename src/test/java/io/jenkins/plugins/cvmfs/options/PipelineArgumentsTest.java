package io.jenkins.plugins.cvmfs.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write in a Pipeline. */
class PipelineArgumentsTest {
    private static Map<String, Object> ordered(String first, String second) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, "1");
        map.put(second, "x y");
        return map;
    }

    static Stream<Arguments> taken() {
        return Stream.of(
                Arguments.of("tags", "example.org/a:1", List.of("example.org/a:1")),
                Arguments.of("tags", "  a:1\n", List.of("a:1")),
                Arguments.of("tags", "a:1 b:2", List.of("a:1 b:2")),
                Arguments.of("tags", "a:1\nb:2", List.of("a:1\nb:2")),
                Arguments.of("tags", " \n", List.of()),
                Arguments.of("tags", new StringBuilder("a:1"), List.of("a:1")),
                Arguments.of("tags", List.of("a b"), List.of("a b")),
                Arguments.of("platforms", "linux/amd64 linux/arm64", List.of("linux/amd64 linux/arm64")),
                Arguments.of("buildArgs", "A=b C=d", List.of("A=b C=d")),
                Arguments.of("buildArgs", "A=b\nC=d", List.of("A=b\nC=d")),
                Arguments.of("buildArgs", ordered("A", "C"), List.of("A=1", "C=x y")),
                Arguments.of("cvmfs", Map.of("pins", "a.b=tag:x"), Map.of("pins", List.of("a.b=tag:x"))),
                Arguments.of("builder", Map.of("driverOpts", "memory=2g"), Map.of("driverOpts", List.of("memory=2g"))),
                Arguments.of(
                        "images",
                        List.of(Map.of("name", "a", "tags", "a:1", "buildArgs", Map.of("X", 1), "push", false)),
                        List.of(Map.of(
                                "name", "a", "tags", List.of("a:1"), "buildArgs", List.of("X=1"), "push", false))),
                Arguments.of("parallel", 4, "4"),
                Arguments.of("uid", 1000, "1000"),
                Arguments.of("setup", "a b", "a b"),
                Arguments.of("push", true, true));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void aTextOrMapBecomesAList(String name, Object written, Object bound) throws Exception {
        assertThat(PipelineArguments.of(Map.of(name, written))).isEqualTo(Map.of(name, bound));
    }

    @ParameterizedTest
    @CsvSource({
        "tag, tags",
        "buildArg, buildArgs",
        "file, dockerfile",
        "dockerFile, dockerfile",
        "httpProxy, cvmfs: [httpProxy: ...]",
        "builderDriver, builder: [driver: ...]",
        "cvmfsHttpProxy, cvmfs: [httpProxy: ...]"
    })
    void anUnknownNameIsReportedWithASuggestion(String written, String meant) {
        assertThatThrownBy(() -> PipelineArguments.of(Map.of(written, "x"))).isInstanceOf(AbortException.class);
        assertThat(new PipelineArguments(Map.of(written, "x")).unknown())
                .containsExactly("Unknown option '" + written + "' of cvmfsDerivedImage: did you mean " + meant + "?");
    }

    @Test
    void allUnknownNamesAreReportedAtOnce() {
        Map<String, Object> written = new LinkedHashMap<>();
        written.put("nonsensical", 1);
        written.put("cvmfs", Map.of("proxi", "x", "httpProx", "y"));

        assertThat(new PipelineArguments(written).unknown())
                .hasSize(3)
                .contains("Unknown option 'httpProx' of cvmfs: did you mean httpProxy?")
                .anyMatch(line ->
                        line.startsWith("Unknown option 'nonsensical' of cvmfsDerivedImage: the Pipeline syntax"))
                .anyMatch(line -> line.startsWith("Unknown option 'proxi' of cvmfs"));
    }

    @Test
    void anOptionOfTheStepInsideAnObjectIsSentToTheStep() {
        assertThat(new PipelineArguments(Map.of("cvmfs", Map.of("mounts", "cms.cern.ch"))).unknown())
                .containsExactly(
                        "Unknown option 'mounts' of cvmfs: it is an option of the step, outside of cvmfs: [...]");
    }

    @Test
    void anOptionThatOneOfSeveralImagesCannotHaveIsNamed() {
        List<Map<String, Object>> images =
                List.of(Map.of("name", "a", "tag", "x"), Map.of("name", "b", "builder", Map.of()));

        assertThat(new PipelineArguments(Map.of("images", images)).unknown())
                .containsExactly(
                        "Unknown option 'tag' of image 'a': did you mean tags?",
                        "Option 'builder' of image 'b' holds for the whole call, not for one image: give it to the step");
    }

    @Test
    void eachOptionIsTheImagesOwnOrThatOfTheWholeCall() {
        for (Option option : OptionTable.all()) {
            if (option.isInJenkins() && option.place() == Place.STEP) {
                List<String> unknown = new PipelineArguments(
                                Map.of("images", List.of(Map.of("name", "a", option.name(), List.of()))))
                        .unknown();
                if (option.isPerImage()) {
                    assertThat(unknown).as(option.name()).isEmpty();
                } else {
                    assertThat(unknown)
                            .containsExactly(
                                    "Option '" + option
                                            + "' of image 'a' holds for the whole call, not for one image: give it to the step");
                }
            }
        }
        assertThat(OptionTable.all().stream().filter(Option::isPerImage).map(Option::name))
                .contains("secrets", "ssh", "sshKeys", "credentialsId", "gitCredentialsId", "strategy", "insecure")
                .doesNotContain("builder", "cvmfs", "dryRun", "toolName");
    }
}
