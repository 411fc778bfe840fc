package io.jenkins.plugins.cvmfs.durable;

import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.build.MaskedListener;
import java.io.OutputStream;
import org.jenkinsci.plugins.workflow.log.OutputStreamTaskListener;

/**
 * The log of a durable script with the secrets masked. It may be sent to the agent, which then writes the log itself.
 *
 * <p>It provides its own stream, because the print stream of another listener would hide write errors from the step
 * {@code sh}.
 */
public final class ScriptLog extends OutputStreamTaskListener.Default {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;
    private final MaskedListener mask;
    private transient OutputStream stream;

    /**
     * @param listener the log
     * @param mask masks the secrets
     */
    ScriptLog(TaskListener listener, MaskedListener mask) {
        this.listener = listener;
        this.mask = mask;
    }

    @Override
    public synchronized OutputStream getOutputStream() {
        if (stream == null) {
            stream = mask.on(OutputStreamTaskListener.getOutputStream(listener));
        }
        return stream;
    }
}
