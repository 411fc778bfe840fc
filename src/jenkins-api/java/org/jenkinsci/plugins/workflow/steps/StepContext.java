package org.jenkinsci.plugins.workflow.steps;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.io.IOException;
import java.io.Serializable;

/** Of org.jenkins-ci.plugins.workflow:workflow-step-api. */
public abstract class StepContext implements FutureCallback<Object>, Serializable {
    public StepContext() {}

    public abstract boolean equals(Object object);

    public abstract <T> T get(Class<T> type) throws IOException, InterruptedException;

    public boolean hasBody() {
        throw new UnsupportedOperationException();
    }

    public abstract int hashCode();

    public abstract boolean isReady();

    public abstract BodyInvoker newBodyInvoker() throws IllegalStateException;

    public abstract void onSuccess(Object object);

    public abstract ListenableFuture<Void> saveState();

    public abstract void setResult(Result result);
}
