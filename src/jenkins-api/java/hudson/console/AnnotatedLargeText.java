package hudson.console;

import java.io.IOException;
import java.io.OutputStream;
import org.kohsuke.stapler.framework.io.LargeText;

/** Of org.jenkins-ci.main:jenkins-core. */
public class AnnotatedLargeText<T> extends LargeText {
    private AnnotatedLargeText() {
        super(null, false);
    }

    public long writeRawLogTo(long l, OutputStream outputStream) throws IOException {
        throw new UnsupportedOperationException();
    }
}
