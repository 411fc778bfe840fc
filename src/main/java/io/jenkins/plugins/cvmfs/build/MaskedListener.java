package io.jenkins.plugins.cvmfs.build;

import hudson.model.TaskListener;
import hudson.util.Secret;
import io.jenkins.plugins.cvmfs.engine.runner.SecretMask;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A log in which the secrets of a build are not seen.
 *
 * <p>It may go to the agent, where a durable script writes its log; nothing saves it. What it holds, it holds encrypted
 * wherever else it should be written.
 */
public final class MaskedListener implements TaskListener {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;
    private final ArrayList<Secret> secrets;
    private transient SecretMask mask;
    private transient OutputStream masked;
    private transient PrintStream logger;

    /**
     * @param listener the log
     * @param secrets what may not be seen in it
     */
    public MaskedListener(TaskListener listener, Collection<String> secrets) {
        this.listener = listener;
        this.secrets = new ArrayList<>(secrets.stream().map(Secret::fromString).toList());
    }

    /** What is not seen. */
    public Collection<Secret> secrets() {
        return secrets;
    }

    /** What is not seen, in clear. */
    Set<String> texts() {
        return secrets.stream().map(Secret::getPlainText).collect(Collectors.toSet());
    }

    /** A text as the log shows it. */
    public String apply(String text) {
        return mask().apply(text);
    }

    /** A stream to {@code next} that does not show them. */
    public OutputStream on(OutputStream next) {
        return mask().on(next);
    }

    @Override
    public synchronized PrintStream getLogger() {
        if (logger == null) {
            masked = mask().on(listener.getLogger());
            logger = new PrintStream(masked, false, StandardCharsets.UTF_8);
        }
        return logger;
    }

    /** Shows a last line that has no end. */
    synchronized void end() throws IOException {
        if (logger != null) {
            logger.flush();
            SecretMask.end(masked);
        }
    }

    private synchronized SecretMask mask() {
        if (mask == null) {
            mask = new SecretMask(texts());
        }
        return mask;
    }
}
