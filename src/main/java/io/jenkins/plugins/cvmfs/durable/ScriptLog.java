package io.jenkins.plugins.cvmfs.durable;

import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.build.MaskedListener;
import java.io.OutputStream;
import org.jenkinsci.plugins.workflow.log.OutputStreamTaskListener;

/**
 * The log of a durable script, without the secrets. It may go to the agent, which then writes the log itself.
 *
 * <p>It gives its stream itself: the print stream of another listener hides from the step {@code sh} that a line was
 * not written.
 */
public final class ScriptLog extends OutputStreamTaskListener.Default {
    private static final long serialVersionUID = 1L;

    private final TaskListener listener;
    private final MaskedListener mask;
    private transient OutputStream stream;

    /**
     * @param listener the log
     * @param mask knows what may not be seen
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
