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
 * A log that masks the secrets of a build.
 *
 * <p>It may be sent to the agent, where a durable script writes its log. It is not saved; if it ever were, the secrets
 * would be encrypted.
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
     * @param secrets texts to mask
     */
    public MaskedListener(TaskListener listener, Collection<String> secrets) {
        this.listener = listener;
        this.secrets = new ArrayList<>(secrets.stream().map(Secret::fromString).toList());
    }

    /** The texts to mask. */
    public Collection<Secret> secrets() {
        return secrets;
    }

    /** The texts to mask, in clear. */
    Set<String> texts() {
        return secrets.stream().map(Secret::getPlainText).collect(Collectors.toSet());
    }

    /** A text with the secrets masked. */
    public String apply(String text) {
        return mask().apply(text);
    }

    /** A stream that passes its lines on to {@code next} with the secrets masked. */
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

    /** Passes on a last line without a line end. */
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
