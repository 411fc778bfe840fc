package hudson.security;

import org.springframework.security.access.AccessDeniedException;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface AccessControlled {
    default void checkPermission(Permission permission) throws AccessDeniedException {
        throw new UnsupportedOperationException();
    }

    default boolean hasPermission(Permission permission) {
        throw new UnsupportedOperationException();
    }
}
