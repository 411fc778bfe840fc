package io.jenkins.plugins.cvmfs.durable;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.PrivateDirectory;
import java.io.IOException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The context of the inner step {@code sh}: that of the outer step, except for the directory and the log. The outer
 * step gets the result.
 */
@Restricted(NoExternalUse.class)
public final class ScriptContext extends StepContext {
    private static final long serialVersionUID = 1L;

    private final StepContext context;
    private final Owner owner;
    private final String directory;

    /** The outer step. */
    public interface Owner extends Serializable {
        /** The log of the script. */
        TaskListener log(TaskListener listener);

        /**
         * The script has ended. Called under a time limit; the inner step continues afterwards.
         *
         * @param exitCode its exit code, or null
         * @param problem why the exit code is missing, or null
         */
        void ended(Integer exitCode, Throwable problem);
    }

    /**
     * @param context of the outer step
     * @param directory the private directory's path
     */
    public ScriptContext(StepContext context, Owner owner, String directory) {
        this.context = context;
        this.owner = owner;
        this.directory = directory;
    }

    @Override
    public <T> T get(Class<T> key) throws IOException, InterruptedException {
        T value = context.get(key);
        if (value instanceof FilePath workspace) {
            return key.cast(workspace.child(directory).child(PrivateDirectory.WORK));
        }
        if (value instanceof TaskListener listener) {
            return key.cast(owner.log(listener));
        }
        // The inner step adds to it.
        return value instanceof EnvVars env ? key.cast(new EnvVars(env)) : value;
    }

    @Override
    public void onSuccess(Object result) {
        owner.ended((Integer) result, null);
    }

    @Override
    public void onFailure(Throwable problem) {
        owner.ended(null, problem);
    }

    @Override
    public boolean isReady() {
        return context.isReady();
    }

    @Override
    public ListenableFuture<Void> saveState() {
        return context.saveState();
    }

    @Override
    public void setResult(Result result) {
        context.setResult(result);
    }

    @Override
    public boolean hasBody() {
        return false;
    }

    @Override
    public BodyInvoker newBodyInvoker() {
        throw new IllegalStateException("sh has no body");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScriptContext that && context.equals(that.context) && directory.equals(that.directory);
    }

    @Override
    public int hashCode() {
        return context.hashCode();
    }
}
