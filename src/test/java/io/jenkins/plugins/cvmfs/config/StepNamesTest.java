package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepNamesTest {
    @ParameterizedTest
    @CsvSource({
        "tags, tags",
        "cvmfsHttpProxy, cvmfs: [httpProxy: ...]",
        "cvmfsPins, cvmfs: [pins: ...]",
        "builderDriver, builder: [driver: ...]",
        "builderDriverOpts, builder: [driverOpts: ...]",
        "buildkitdConfig, builder: [buildkitdConfig: ...]",
        "buildkitdFlags, builder: [buildkitdFlags: ...]"
    })
    void anOptionIsSpelledAsInAPipeline(String option, String spelled) {
        assertThat(StepNames.of(option)).isEqualTo(spelled);
    }
}
