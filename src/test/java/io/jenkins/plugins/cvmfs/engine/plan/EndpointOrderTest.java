package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order in which an image tries several buildkitds. */
class EndpointOrderTest {
    private static final List<String> POOL = List.of("tcp://a:1", "tcp://b:1", "tcp://c:1", "unix:///d");

    private static final List<String> IMAGES = IntStream.range(0, 400)
            .mapToObj(number -> "registry.example.org/cms/image" + number)
            .toList();

    /** Another version of the plugin must choose the same. */
    @ParameterizedTest
    @CsvSource({
        "registry.example.org/cms/analysis, tcp://a:1 tcp://b:1 tcp://c:1 unix:///d",
        "docker.io/library/a, tcp://c:1 tcp://a:1 tcp://b:1 unix:///d",
    })
    void isTheSameForEver(String repository, String order) {
        assertThat(EndpointOrder.of(repository, POOL)).containsExactly(order.split(" "));
    }

    @Test
    void doesNotDependOnHowTheyAreWritten() {
        List<String> written = new ArrayList<>(POOL);
        for (int i = 0; i < POOL.size(); i++) {
            Collections.rotate(written, 1);
            assertThat(EndpointOrder.of(IMAGES.get(0), written)).isEqualTo(EndpointOrder.of(IMAGES.get(0), POOL));
        }
    }

    @Test
    void movesOnlyTheImagesOfAnEndpointThatIsRemoved() {
        for (String removed : POOL) {
            List<String> rest =
                    POOL.stream().filter(each -> !each.equals(removed)).toList();
            assertThat(IMAGES).allSatisfy(image -> {
                List<String> before = new ArrayList<>(EndpointOrder.of(image, POOL));
                before.remove(removed);
                assertThat(EndpointOrder.of(image, rest)).isEqualTo(before);
            });
        }
    }

    @Test
    void givesEachEndpointItsShare() {
        assertThat(POOL)
                .allSatisfy(endpoint -> assertThat(IMAGES.stream()
                                .filter(image ->
                                        EndpointOrder.of(image, POOL).get(0).equals(endpoint))
                                .count())
                        .isBetween(70L, 130L));
    }

    /** Tags of an image have most of their steps in common. */
    @Test
    void isThatOfTheFirstTagsRepository() throws Exception {
        List<String> tags = List.of("registry.example.org/cms/a:1", "registry.example.org/cms/a:2");
        List<String> pools = new ArrayList<>();
        for (String tag : tags) {
            String script = BuildPlan.of(
                            Specs.valid(new ImageSpecBuilder()
                                    .tags(List.of(tag, "other.example.org/b"))
                                    .builderDriver("remote")
                                    .builderEndpoint(String.join(" ", POOL))),
                            "id")
                    .script();
            pools.add(script.lines()
                    .filter(line -> line.startsWith("pool="))
                    .findFirst()
                    .orElseThrow());
        }
        assertThat(pools.get(0)).isEqualTo(pools.get(1));
        List<String> order = EndpointOrder.of("registry.example.org/cms/a", POOL);
        assertThat(pools.get(0).replaceAll("[ ']|pool=", " ").strip().replaceAll("[0-9a-f]{12}=", ""))
                .isEqualTo(String.join(" ", order));
    }
}
