package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseTimeTest {
    @Test
    void aPhaseLastsUntilTheNextBegins() throws Exception {
        assertThat(PhaseTime.read("builder 100.50\nbuild 101.00\npublish 141.25\nbuild 142.00\nend 143.10\n"))
                .containsExactly(
                        new PhaseTime("builder", 500), new PhaseTime("build", 41350), new PhaseTime("publish", 750));
        assertThat(PhaseTime.read("")).isEmpty();
        assertThat(PhaseTime.read("build 1.00\n")).isEmpty();
    }

    @Test
    void betweenTwoPartsOfAScriptNothingIsDone() throws Exception {
        String times = "build 100.00\nend 101.00\nbuild 110.00\ncollect 110.50\nend 111.00\n";

        assertThat(PhaseTime.read(times)).containsExactly(new PhaseTime("build", 1500), new PhaseTime("collect", 500));
        assertThat(PhaseTime.whole(times)).hasValue(Duration.ofSeconds(11));
        assertThat(PhaseTime.whole("")).isEmpty();
    }

    @Test
    void aClockThatGoesBackGivesNoNegativeTime() throws Exception {
        assertThat(PhaseTime.read("build 100.00\nend 1.00\n")).containsExactly(new PhaseTime("build", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"build", "build x", "other 1.00", "build 1.0", "build -1.00", "build 99999999999.00", "<b> 1.00"
            })
    void invalidPhasesAndTimesAreRefused(String line) {
        assertThatThrownBy(() -> PhaseTime.read(line + "\nend 1.00\n"))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("times")
                .hasMessageContaining("a phase and a number of seconds");
    }

    @Test
    void theirNumberIsLimited() {
        assertThatThrownBy(() -> PhaseTime.read("build 1.00\n".repeat(101)))
                .isInstanceOf(UnreadableResultException.class)
                .hasMessageContaining("phases");
    }
}
