package io.jenkins.plugins.cvmfs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedImageActionTest {
    private static ImageRecord image(String tag) throws UnreadableResultException {
        return ImageRecord.fromJson("{\"schemaVersion\":1,\"images\":[{\"tag\":\"" + tag + "\"}]}");
    }

    @Test
    void recordsAreReadOnce() throws Exception {
        DerivedImageAction action = new DerivedImageAction();
        action.keep(image("a:1"));
        List<ImageRecord> first = action.getImages();

        assertThat(action.getImages()).isSameAs(first);
        action.keep(image("a:1"));
        action.keep(image("b:1"));
        assertThat(action.getImages())
                .flatExtracting(ImageRecord::images)
                .extracting(TaggedImage::tag)
                .containsExactly("a:1", "b:1");
        assertThat(action.getImages()).isSameAs(action.getImages());
    }

    @Test
    void aRecordWithoutAnImageIsLeftOut() throws Exception {
        DerivedImageAction action = new DerivedImageAction();
        action.keep(ImageRecord.fromJson("{\"schemaVersion\":1}"));
        action.keep(image("a:1"));

        assertThat(action.getImages()).hasSize(1);
    }
}
