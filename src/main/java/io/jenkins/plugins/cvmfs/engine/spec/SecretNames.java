package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognizes probable secrets by name or by form. */
public final class SecretNames {
    private static final Set<String> SECRETS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "passwort",
            "pwd",
            "pword",
            "secret",
            "secrets",
            "token",
            "apikey",
            "credential",
            "credentials",
            "privatekey",
            "accesskey",
            "secretkey",
            "pass",
            "pat",
            "auth",
            "authorization",
            "bearer",
            "jwt",
            "dsn",
            "cookie",
            "cookies");
    private static final Set<String> KEYS =
            Set.of("api", "private", "access", "secret", "ssh", "signing", "encryption", "deploy", "gpg", "account");

    /** Suffixes which say that the secret itself is elsewhere: PASSWORD_FILE, TOKEN_URL, CREDENTIALS_ID. */
    private static final Set<String> NOT_ITSELF = Set.of(
            "file",
            "path",
            "dir",
            "id",
            "url",
            "uri",
            "name",
            "host",
            "type",
            "length",
            "ttl",
            "expiry",
            "version",
            "algorithm",
            "policy",
            "method",
            "mode",
            "enabled",
            "required",
            "provider",
            "scheme",
            "realm",
            "server",
            "port",
            "user",
            "username",
            "count");

    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");
    // It may be anywhere in a value. Each form begins where a word does, so a long value is searched once.
    private static final Pattern TOKEN = Pattern.compile("(?<![A-Za-z0-9_-])(?:gh[pousr]_[A-Za-z0-9]{20,}"
            + "|github_pat_\\w{20,}|glpat-[\\w-]{16,}|dckr_pat_[\\w-]{16,}|npm_[A-Za-z0-9]{20,}"
            + "|xox[abprs]-[A-Za-z0-9-]{10,}|(?:AKIA|ASIA)[A-Z0-9]{16}|eyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.)"
            + "|-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----"
            + "|(?i:(?<![a-z0-9])bearer\\s{1,8}[a-z0-9._~+/-]{8,}|authorization:\\s{0,8}\\S)"
            + "|(?i:(?:password|passwd|secret|token|api[_-]?key)=[^\\s,;&]{4,})"
            + "|(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{0,30}://[^/\\s:@]{0,256}:[^/\\s@]{1,1024}@"
            + "|(?<![a-z0-9+.-])https?://[^/\\s@]{1,1024}@");

    private SecretNames() {}

    /** Whether a name such as {@code DB_PASSWORD} or {@code apiKey} is probably that of a secret. */
    public static boolean isSecret(String name) {
        List<String> words = new ArrayList<>();
        for (String word : WORDS.split(name)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        if (words.isEmpty() || words.contains("public") || NOT_ITSELF.contains(words.get(words.size() - 1))) {
            return false;
        }
        if (words.equals(List.of("key"))) {
            return true;
        }
        for (int i = 0; i < words.size(); i++) {
            boolean key = words.get(i).equals("key") && i > 0 && KEYS.contains(words.get(i - 1));
            if (key || SECRETS.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a text probably contains a secret: a token, a private key, a password, or a URL with a login. */
    public static boolean isSecretValue(String value) {
        return TOKEN.matcher(value).find();
    }
}
