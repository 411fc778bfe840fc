package hudson.security;

import org.springframework.security.core.context.SecurityContext;

/** Of org.jenkins-ci.main:jenkins-core. */
public class ACLContext implements AutoCloseable {
    ACLContext(SecurityContext securityContext) {}

    public void close() {
        throw new UnsupportedOperationException();
    }
}
