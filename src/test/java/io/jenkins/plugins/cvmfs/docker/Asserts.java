package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import java.util.stream.Stream;

/** Holds a record against what the registries and the engine say. */
final class Asserts {
    private Asserts() {}

    static Registry registryOf(String reference) {
        return Stream.of(Registry.secret(), Registry.other())
                .filter(registry -> reference.startsWith(registry.address() + "/"))
                .findFirst()
                .orElse(Registry.plain());
    }

    /** Each registry has each tag under the digest in the record, and buildx, asking it, agrees. */
    static void registriesHave(Rig rig, ImageRecord record) throws Exception {
        assertThat(record.pushed()).isTrue();
        assertThat(record.digest()).isEqualTo(record.images().get(0).digest());
        if (!rig.containerdStore()) {
            assertThat(record.digest()).as("a configuration's digest").isNotEqualTo(record.imageId());
        }
        for (TaggedImage image : record.images()) {
            Registry registry = registryOf(image.tag());
            assertThat(registry.digest(image.tag()))
                    .as("digest of %s", image.tag())
                    .contains(image.digest());
            assertThat(registry.digest(image.reference())).as(image.reference()).contains(image.digest());
            Ran inspect =
                    rig.docker("buildx", "imagetools", "inspect", "--format", "{{json .Manifest.Digest}}", image.tag());
            assertThat(inspect.answer())
                    .as("digest of %s, says buildx", image.tag())
                    .isEqualTo('"' + image.digest() + '"');
        }
    }

    /** The engine has the image under every tag, and the record says by which ID. */
    static void engineHas(Rig rig, ImageRecord record) throws Exception {
        assertThat(record.loaded()).isTrue();
        for (TaggedImage image : record.images()) {
            assertThat(rig.image(image.tag()).path("Id").asText())
                    .as("ID of %s", image.tag())
                    .isEqualTo(record.imageId());
        }
        assertThat(record.sizeInEngine())
                .isEqualTo(rig.image(record.imageId()).path("Size").asLong());
        assertThat(record.platforms()).hasSize(1).first().asString().startsWith("linux/");
    }

    /** Nothing was pushed, so nothing may be called a registry's digest. */
    static void noRegistryDigest(ImageRecord record) {
        assertThat(record.pushed()).isFalse();
        assertThat(record.digest()).isNull();
        assertThat(record.mediaType()).isNull();
        assertThat(record.sizeInRegistry()).isNull();
        assertThat(record.images()).allSatisfy(image -> {
            assertThat(image.digest()).isNull();
            assertThat(image.reference()).isNull();
        });
    }
}
