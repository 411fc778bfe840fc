package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class AbstractProject<P extends AbstractProject<P, R>, R extends AbstractBuild<P, R>> extends Job<P, R> {
    protected AbstractProject(ItemGroup itemGroup, String string) {
        super(null, null);
    }
}
