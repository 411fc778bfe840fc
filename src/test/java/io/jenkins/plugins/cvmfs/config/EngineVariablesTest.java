package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineVariablesTest {
    private static final Map<String, String> AGENTS = Map.of("DOCKER_HOST", "unix:///run/a.sock", "HOME", "/home/a");

    @Test
    void theAgentsOwnValueIsNotAChange() {
        assertThat(EngineVariables.changed(AGENTS, AGENTS)).isEmpty();
        assertThat(EngineVariables.changed(AGENTS, with("PATH", "/elsewhere"))).isEmpty();
        assertThat(EngineVariables.changed(AGENTS, with("DOCKER_CONTEXT", ""))).isEmpty();
        assertThat(EngineVariables.changed(AGENTS, with("DOCKER_CONFIG", "/of/withRegistry")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUILDKIT_HOST",
                "BUILDX_BUILDER",
                "BUILDX_CONFIG",
                "DOCKER_CERT_PATH",
                "DOCKER_CONTEXT",
                "DOCKER_HOST",
                "DOCKER_TLS",
                "DOCKER_TLS_VERIFY",
                "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY",
                "HOME",
                "KUBECONFIG"
            })
    void aValueOfTheJobsIsAChange(String name) {
        assertThat(EngineVariables.changed(AGENTS, with(name, "another"))).containsExactly(name);
    }

    @Test
    void aValueThatTheJobRemovesIsAChange() {
        assertThat(EngineVariables.changed(AGENTS, Map.of("HOME", "/home/a"))).containsExactly("DOCKER_HOST");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> variables = new TreeMap<>(AGENTS);
        variables.put(name, value);
        return variables;
    }
}
