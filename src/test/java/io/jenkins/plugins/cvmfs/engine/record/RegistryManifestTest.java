package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RegistryManifestTest {
    private static final String INDEX = """
            {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [
              {"digest": "sha256:@1@", "size": 480, "platform": {"architecture": "amd64", "os": "linux"}},
              {"digest": "sha256:@2@", "size": 480, "platform": {"architecture": "arm", "os": "linux", "variant": "v7"}},
              {"digest": "sha256:@3@", "size": 566, "platform": {"architecture": "unknown", "os": "unknown"}}
            ]}""".replaceAll("@([0-9])@", "$1".repeat(64));
    private static final String MANIFEST = """
            {"schemaVersion": 2, "config": {"size": 9999}, "layers": [{"size": 3000000000}, {"size": 5}]}""";

    @Test
    void anIndexHasPlatformsAndNoSize() throws Exception {
        RegistryManifest index = RegistryManifest.read(INDEX, sha256(INDEX)).orElseThrow();

        assertThat(index.platforms()).containsExactly("linux/amd64", "linux/arm/v7");
        assertThat(index.images())
                .containsExactly(
                        new PlatformImage("linux/amd64", "sha256:" + "1".repeat(64)),
                        new PlatformImage("linux/arm/v7", "sha256:" + "2".repeat(64)));
        assertThat(index.size()).isNull();
        assertThat(index.mediaType()).contains("application/vnd.oci.image.index.v1+json");
        assertThat(index.digest()).isEqualTo(sha256(INDEX));
    }

    @Test
    void aManifestHasTheSizeOfItsLayersAndNoPlatforms() throws Exception {
        RegistryManifest manifest =
                RegistryManifest.read(MANIFEST, sha256(MANIFEST)).orElseThrow();

        assertThat(manifest.size()).isEqualTo(3_000_000_005L);
        assertThat(manifest.platforms()).isEmpty();
        assertThat(manifest.mediaType()).isEmpty();
    }

    @Test
    void aLineBreakAtTheEndIsNotTheRegistrys() throws Exception {
        assertThat(RegistryManifest.read(MANIFEST + "\n", sha256(MANIFEST))).isPresent();
    }

    @Test
    void otherContentIsRejected() throws Exception {
        assertThat(RegistryManifest.read(INDEX, "sha256:9")).isEmpty();
        assertThat(RegistryManifest.read("not JSON", sha256(MANIFEST))).isEmpty();
    }

    @Test
    void invalidJsonIsAnError() {
        assertThatThrownBy(() -> RegistryManifest.read("{", sha256("{"))).isInstanceOf(UnreadableResultException.class);
    }

    static String sha256(String text) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(digest);
    }
}
