package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuilderOptionsTest {
    private final BuilderOptions options = new BuilderOptions();

    /** A parameter of a build may be a part of it; forms are split before they are bound. */
    @Test
    void aPipelineSplitsNoValue() {
        options.setDriverOpts(List.of("memory=2g\nnetwork=host", " cpu-shares=2 "));

        assertThat(options.getDriverOpts()).containsExactly("memory=2g\nnetwork=host", "cpu-shares=2");
    }

    @Test
    void keepsABuilderByDefault() {
        assertThat(options.isKeep()).isTrue();
    }
}
