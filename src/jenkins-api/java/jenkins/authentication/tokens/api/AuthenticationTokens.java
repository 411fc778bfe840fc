package jenkins.authentication.tokens.api;

import com.cloudbees.plugins.credentials.Credentials;
import com.cloudbees.plugins.credentials.CredentialsMatcher;

/** Of org.jenkins-ci.plugins:authentication-tokens. */
public final class AuthenticationTokens {
    private AuthenticationTokens() {}

    public static <T, C extends Credentials> T convert(Class<T> type, C value) {
        throw new UnsupportedOperationException();
    }

    public static <T> CredentialsMatcher matcher(Class<T> type) {
        throw new UnsupportedOperationException();
    }
}
