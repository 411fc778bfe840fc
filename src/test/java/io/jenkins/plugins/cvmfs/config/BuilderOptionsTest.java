package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BuilderOptionsTest {
    private final BuilderOptions options = new BuilderOptions();

    @Test
    void acceptsATextAreaSubmittedAsOneText() {
        options.setDriverOpts(List.of("network=host\r\n  memory=2g\n\n"));
        options.setBuildkitdFlags(List.of(""));
        assertThat(options.getDriverOpts()).containsExactly("network=host", "memory=2g");
        assertThat(options.getBuildkitdFlags()).isEmpty();
    }

    @Test
    void keepsABuilderByDefault() {
        assertThat(options.isKeep()).isTrue();
    }
}
