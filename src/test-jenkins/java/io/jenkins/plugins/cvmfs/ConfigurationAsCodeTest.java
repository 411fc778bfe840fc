package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.Registry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The configuration as code. */
@WithJenkins
class ConfigurationAsCodeTest {
    private static final String SECTION =
            """
              cvmfsDerivedImages:
                baseImage: "reg.example.org/base:1"
                builder:
                  buildkitdConfig: "debug = true"
                  driver: "docker-container"
                  driverOpts:
                  - "network=host"
                  - "memory=2g"
                  keep: false
                mounts: "cms.cern.ch oasis.opensciencegrid.org"
                policy:
                  agents: "linux && cvmfs"
                  allowed: true
                registries:
                - credentialsId: "push"
                  url: "reg.example.org"
                - url: "docker.io"
            """;

    @Test
    void everyReadFileIsExported(JenkinsRule jenkins) throws Exception {
        byte[] yaml = ("unclassified:\n" + SECTION).getBytes(StandardCharsets.UTF_8);
        ConfigurationAsCode.get().configureWith(YamlSource.of(new ByteArrayInputStream(yaml)));

        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        assertThat(configuration.getRegistries()).extracting(Registry::getUrl).containsExactly("reg.example.org", "docker.io");
        assertThat(configuration.getBuilder().getDriverOpts()).containsExactly("network=host", "memory=2g");
        assertThat(configuration.getBuilder().isKeep()).isFalse();
        assertThat(configuration.getPolicy().isAllowed()).isTrue();
        String exported = section();
        assertThat(exported.lines()).containsAll(SECTION.lines().toList());

        ConfigurationAsCode.get()
                .configureWith(YamlSource.of(new ByteArrayInputStream(("unclassified:\n" + exported).getBytes(StandardCharsets.UTF_8))));
        assertThat(section()).isEqualTo(exported);
    }

    /** Ours of what is exported. */
    private static String section() throws Exception {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(exported);
        StringBuilder section = new StringBuilder();
        boolean ours = false;
        for (String line : exported.toString(StandardCharsets.UTF_8).lines().toList()) {
            ours = line.equals("  cvmfsDerivedImages:") || (ours && line.startsWith("   "));
            section.append(ours ? line + "\n" : "");
        }
        return section.toString();
    }
}
