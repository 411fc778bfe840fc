package io.jenkins.plugins.cvmfs;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * Runs the step in the background, where the plugin of the step {@code sh} is missing.
 *
 * <p>A stopped step ends only when the build on the agent has cleaned up, so nothing else uses the workspace meanwhile.
 */
final class CvmfsDerivedImageExecution extends StepExecution {
    private static final long serialVersionUID = 1L;

    private final transient ImageOptions options;
    private transient volatile Future<?> task;
    private transient volatile Throwable stopCause;

    CvmfsDerivedImageExecution(StepContext context, ImageOptions options) {
        super(context);
        this.options = options;
    }

    @Override
    public boolean start() {
        Authentication authentication = Jenkins.getAuthentication2();
        task = Background.run(() -> runAs(authentication));
        return false;
    }

    @SuppressWarnings("try")
    private void runAs(Authentication authentication) {
        try (ACLContext ignored = ACL.as2(authentication)) {
            StepContext context = getContext();
            context.get(TaskListener.class)
                    .getLogger()
                    .println("This build ends if Jenkins restarts or loses the agent: "
                            + "the plugin workflow-durable-task-step is not installed.");
            DerivedImageBuild build = new DerivedImageBuild(
                    context.get(Run.class),
                    context.get(FilePath.class),
                    context.get(Launcher.class),
                    context.get(EnvVars.class),
                    context.get(TaskListener.class));
            context.onSuccess(build.perform(options, UnaryOperator.identity()).orElse(null));
        } catch (Throwable e) {
            // Whatever went wrong, the step must end, or the Pipeline waits for ever.
            getContext().onFailure(stopCause == null ? e : stopCause);
        }
    }

    @Override
    public void stop(Throwable cause) {
        stopCause = cause;
        task.cancel(true);
    }

    @Override
    public void onResume() {
        getContext()
                .onFailure(
                        new AbortException(
                                "Jenkins restarted while the image was built; what the build made on the agent may be left there. Build again."));
    }
}
