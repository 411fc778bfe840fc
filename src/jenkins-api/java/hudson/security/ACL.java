package hudson.security;

import org.springframework.security.core.Authentication;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class ACL {
    public static final Authentication SYSTEM2 = null;

    public ACL() {}

    public static ACLContext as2(Authentication authentication) {
        throw new UnsupportedOperationException();
    }
}
