package io.jenkins.plugins.cvmfs.durable;

import io.jenkins.plugins.cvmfs.build.DerivedImagePromotion;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import java.io.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * Promotes an image in a separate thread. That takes seconds and can be repeated, so it starts again after a restart of
 * Jenkins.
 */
public final class PromoteExecution extends StepExecution {
    @Serial
    private static final long serialVersionUID = 1;

    private final String image;
    private final ArrayList<String> tags;
    private final String credentialsId;
    private transient Future<?> task;
    private transient AtomicBoolean answered;

    /**
     * @param image {@code name@sha256:...}
     * @param tags the tags to add
     * @param credentialsId for the registry of the tags, or null
     */
    public PromoteExecution(StepContext context, String image, List<String> tags, String credentialsId) {
        super(context);
        this.image = image;
        this.tags = new ArrayList<>(tags);
        this.credentialsId = credentialsId;
    }

    @Override
    public boolean start() {
        begin();
        return false;
    }

    @Override
    public void onResume() {
        begin();
    }

    private void begin() {
        AtomicBoolean once = new AtomicBoolean();
        answered = once;
        task = Background.run(() -> {
            try {
                OuterStep step = new OuterStep(getContext());
                Background.as(step.authentication(), () -> {
                    PromotionRecord made =
                            new DerivedImagePromotion(step.surroundings()).perform(image, tags, credentialsId);
                    if (once.compareAndSet(false, true)) {
                        getContext().onSuccess(result(made));
                    }
                });
            } catch (Throwable e) {
                if (once.compareAndSet(false, true)) {
                    getContext().onFailure(e);
                }
            }
        });
    }

    /** What a Pipeline can read and save. */
    private static Map<String, Object> result(PromotionRecord made) {
        Map<String, Object> result = new HashMap<>();
        result.put("digest", made.digest());
        result.put("references", new ArrayList<>(made.references()));
        return result;
    }

    @Override
    public void stop(Throwable cause) {
        AtomicBoolean once = answered;
        Future<?> running = task;
        if (running != null) {
            running.cancel(true);
        }
        if (once == null || once.compareAndSet(false, true)) {
            getContext().onFailure(cause);
        }
    }
}
