package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicationTest {
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    @ParameterizedTest
    @CsvSource({
        "cms/analysis:1.2, registry.hub.docker.com/cms/analysis:1.2, cms/analysis:1.2",
        "analysis:1, registry.hub.docker.com/library/analysis:1, library/analysis:1",
        "analysis, registry.hub.docker.com/library/analysis:latest, library/analysis:latest",
        "docker.io/cms/analysis:1, registry.hub.docker.com/cms/analysis:1, cms/analysis:1",
        "index.docker.io/cms/analysis:1, registry.hub.docker.com/cms/analysis:1, cms/analysis:1",
        "docker.io/analysis:1, registry.hub.docker.com/library/analysis:1, library/analysis:1",
        "gitlab-registry.cern.ch/cms/sub/analysis:1, gitlab-registry.cern.ch/cms/sub/analysis:1, gitlab-registry.cern.ch/cms/sub/analysis:1",
        "ghcr.io/cms/analysis, ghcr.io/cms/analysis:latest, ghcr.io/cms/analysis:latest",
        "example.org:5000/analysis:1, example.org:5000/analysis:1,",
        "registry.example.org/analysis:1.2, registry.example.org/analysis:1.2,",
        "registry.example.org/cms/analysis:1.2, registry.example.org/cms/analysis:1.2, registry.example.org/cms/analysis:1.2"
    })
    void eachListNamesTheRegistryInItsFormat(String tag, String unpacked, String osg) {
        String reference = ImageReference.parse(tag).orElseThrow().pinned(DIGEST);

        assertThat(Publication.of(new TaggedImage(tag, DIGEST, reference)))
                .contains(new Publication("    - 'https://" + unpacked + "'", osg, "docker://" + reference));
    }

    @Test
    void anImageInNoRegistryIsNotPublished() {
        assertThat(Publication.of(new TaggedImage("cms/analysis:1", null, null)))
                .isEmpty();
    }
}
