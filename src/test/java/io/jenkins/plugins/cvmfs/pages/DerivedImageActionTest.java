package io.jenkins.plugins.cvmfs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import org.junit.jupiter.api.Test;

class DerivedImageActionTest {
    private static BuiltImage image(String id, String json) throws UnreadableResultException {
        return new BuiltImage(id, ImageRecord.fromJson(json));
    }

    private static BuiltImage image(String tag) throws UnreadableResultException {
        return image("id", "{\"schemaVersion\":1,\"images\":[{\"tag\":\"" + tag + "\"}]}");
    }

    @Test
    void anImageIsKeptOnce() throws Exception {
        DerivedImageAction action = new DerivedImageAction();

        assertThat(action.keep(image("a:1"))).isTrue();
        assertThat(action.keep(image("a:1"))).isFalse();
        assertThat(action.keep(image("b:1"))).isTrue();
        assertThat(action.getImages())
                .flatExtracting(ImageRecord::images)
                .extracting(TaggedImage::tag)
                .containsExactly("a:1", "b:1");
    }

    @Test
    void aRecordWithoutAnImageIsSkipped() throws Exception {
        DerivedImageAction action = new DerivedImageAction();
        action.keep(image("id", "{\"schemaVersion\":1}"));
        action.keep(image("a:1"));

        assertThat(action.getImages()).hasSize(1);
    }
}
