package hudson.model;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class Label extends Actionable {
    protected Label(String string) {}

    public final boolean matches(Node node) {
        throw new UnsupportedOperationException();
    }

    public static Label parseExpression(String string) {
        throw new UnsupportedOperationException();
    }
}
