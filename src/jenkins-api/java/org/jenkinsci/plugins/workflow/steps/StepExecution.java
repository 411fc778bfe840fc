package org.jenkinsci.plugins.workflow.steps;

import java.io.Serializable;

/** Of org.jenkins-ci.plugins.workflow:workflow-step-api. */
public abstract class StepExecution implements Serializable {
    protected StepExecution(StepContext stepContext) {}

    public boolean blocksRestart() {
        throw new UnsupportedOperationException();
    }

    public StepContext getContext() {
        throw new UnsupportedOperationException();
    }

    public String getStatus() {
        throw new UnsupportedOperationException();
    }

    public void onResume() {
        throw new UnsupportedOperationException();
    }

    public abstract boolean start() throws Exception;

    public void stop(Throwable throwable) throws Exception {
        throw new UnsupportedOperationException();
    }
}
