package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenOptionsTest {
    @Test
    void nothingIsGivenAtFirst() {
        GivenOptions given = new GivenOptions().give(ImageTable.UID, "").give(ImageTable.LOAD, null);

        assertThat(given).isEqualTo(new GivenOptions());
        assertThat(given.text(ImageTable.UID)).isNull();
        assertThat(given.flag(ImageTable.INSECURE)).isTrue();
        assertThat(given.flag(ImageTable.PUSH)).isFalse();
        assertThat(given.choice(ImageTable.LOAD)).isNull();
        assertThat(given.list(ImageTable.TAGS)).isEmpty();
        assertThat(given.map(BuildTable.LABELS)).isEmpty();
    }

    @Test
    void listsAndMapsAreAddedTo() {
        GivenOptions given = new GivenOptions()
                .give(ImageTable.TAGS, List.of("a"))
                .give(ImageTable.TAGS, List.of("b"))
                .give(BuildTable.LABELS, Map.of("c", "d"))
                .give(BuildTable.LABELS, List.of("e=f=g", "h"));

        assertThat(given.list(ImageTable.TAGS)).containsExactly("a", "b");
        assertThat(given.map(BuildTable.LABELS)).isEqualTo(Map.of("c", "d", "e", "f=g"));
        assertThat(given.malformed()).containsExactly(new Problem("labels", "h", "expected key=value"));
    }

    @Test
    void commasSeparateValuesAsInDocker() {
        GivenOptions given = new GivenOptions()
                .give(BuildTable.PLATFORMS, List.of("linux/amd64,linux/arm64", "linux/s390x"))
                .give(BuildTable.NO_CACHE_FILTERS, List.of("build, test"))
                .give(ImageTable.TAGS, List.of("a,b"));

        assertThat(given.list(BuildTable.PLATFORMS)).containsExactly("linux/amd64", "linux/arm64", "linux/s390x");
        assertThat(given.list(BuildTable.NO_CACHE_FILTERS)).containsExactly("build", "test");
        assertThat(given.list(ImageTable.TAGS)).containsExactly("a,b");
    }

    @Test
    void givenOptionsTakePrecedence() {
        GivenOptions given = new GivenOptions()
                .give(ImageTable.INSECURE, true)
                .give(BuildTable.LABELS, Map.of("a", "b"))
                .give(BuildTable.PLATFORMS, List.of("linux"));
        given.complete(new GivenOptions()
                .give(ImageTable.UID, "5")
                .give(ImageTable.INSECURE, false)
                .give(BuildTable.LABELS, Map.of("a", "c", "d", "e"))
                .give(BuildTable.PLATFORMS, List.of("linux/arm64")));

        assertThat(given)
                .isEqualTo(new GivenOptions()
                        .give(ImageTable.UID, "5")
                        .give(ImageTable.INSECURE, true)
                        .give(BuildTable.LABELS, Map.of("a", "b", "d", "e"))
                        .give(BuildTable.PLATFORMS, List.of("linux")));
    }

    @Test
    void anotherTypeIsRefused() {
        GivenOptions given = new GivenOptions();

        assertThatThrownBy(() -> given.give(ImageTable.UID, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> given.give(ImageTable.PUSH, "yes")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> given.give(ImageTable.TAGS, List.of(5))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> given.give(BuildTable.LABELS, Map.of("a", 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> given.give(BuilderTable.BUILDER, "a")).isInstanceOf(IllegalArgumentException.class);
    }
}
