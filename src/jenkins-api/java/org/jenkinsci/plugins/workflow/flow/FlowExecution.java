package org.jenkinsci.plugins.workflow.flow;

import org.springframework.security.core.Authentication;

/** Of org.jenkins-ci.plugins.workflow:workflow-api. */
public abstract class FlowExecution {
    public FlowExecution() {}

    public Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }
}
