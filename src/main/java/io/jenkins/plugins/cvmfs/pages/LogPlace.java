package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.console.AnnotatedLargeText;
import hudson.model.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Finds a failure in the log of a run. */
final class LogPlace {
    /** The cause of a failure is in the last lines before it. */
    private static final long BEFORE = 4L * 1024;

    private LogPlace() {}

    /** The offset of a line near the log's end, in bytes; null if the log cannot be read. */
    @CheckForNull
    static Long of(Run<?, ?> run) {
        AnnotatedLargeText<?> log = run.getLogText();
        long start = Math.max(0, log.length() - BEFORE);
        if (start == 0) {
            return start;
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            log.writeRawLogTo(start, rest);
        } catch (IOException e) {
            return null;
        }
        return start + rest.toString(StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
    }
}
