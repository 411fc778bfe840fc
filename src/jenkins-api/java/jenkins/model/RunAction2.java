package jenkins.model;

import hudson.model.Action;
import hudson.model.Run;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface RunAction2 extends Action {
    void onAttached(Run<?, ?> run);

    void onLoad(Run<?, ?> run);
}
