package com.cloudbees.plugins.credentials;

/** Of org.jenkins-ci.plugins:credentials. */
public class CredentialsMatchers {
    private CredentialsMatchers() {}

    public static CredentialsMatcher anyOf(CredentialsMatcher... credentialsMatchers) {
        throw new UnsupportedOperationException();
    }

    public static CredentialsMatcher withId(String string) {
        throw new UnsupportedOperationException();
    }

    public static <C extends Credentials> C firstOrNull(Iterable<C> iterable, CredentialsMatcher credentialsMatcher) {
        throw new UnsupportedOperationException();
    }

    public static CredentialsMatcher instanceOf(Class type) {
        throw new UnsupportedOperationException();
    }
}
