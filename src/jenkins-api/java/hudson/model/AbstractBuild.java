package hudson.model;

import java.io.IOException;
import java.util.Set;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class AbstractBuild<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Run<P, R> {
    protected AbstractBuild(P value) throws IOException {
        super(null);
    }

    public Set<String> getSensitiveBuildVariables() {
        throw new UnsupportedOperationException();
    }
}
