package hudson.security;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface AccessControlled {
    default boolean hasPermission(Permission permission) {
        throw new UnsupportedOperationException();
    }
}
