package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A build context in a private git repository.
 *
 * <p>BuildKit reads the login from a secret whose name contains the host, so no other host gets it.
 *
 * @param host host, with port if the address has one
 */
public record GitContext(String host) {
    /** The secret for a token. */
    public static final String TOKEN = "GIT_AUTH_TOKEN";

    /** The secret for the value of the header {@code Authorization}. */
    public static final String HEADER = "GIT_AUTH_HEADER";

    private static final String HOST = "(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})(?::[0-9]{1,5})?)";
    private static final Pattern REPOSITORY =
            Pattern.compile("https://" + HOST + "/[^?#]*\\.git(?:[?#].*)?", Pattern.DOTALL);

    /** A login may be sent in clear only within the machine. */
    private static final Pattern LOOPBACK = Pattern.compile(
            "http://(?<host>(?:localhost|127(?:\\.[0-9]{1,3}){3})(?::[0-9]{1,5})?)/[^?#]*\\.git(?:[?#].*)?",
            Pattern.DOTALL);

    private static final Pattern COMMAND_LINE =
            Pattern.compile("(?<what>token|header),(?<source>env=[A-Za-z_][A-Za-z0-9_]*|src=.+)", Pattern.DOTALL);
    private static final Pattern LOGIN = Pattern.compile(
            "(?<start>[a-z][a-z0-9+.-]*://)(?<login>[^/?#@]*)@(?<rest>.*)", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);

    /** Parses the address of a context; empty if it is not a repository accessed over https. */
    public static Optional<GitContext> of(String context) {
        if (context == null) {
            return Optional.empty();
        }
        for (Pattern pattern : List.of(REPOSITORY, LOOPBACK)) {
            Matcher matcher = pattern.matcher(context);
            if (matcher.matches()) {
                return Optional.of(new GitContext(matcher.group("host")));
            }
        }
        return Optional.empty();
    }

    /** The secret as an argument of docker. */
    public String secret(String name, String source) {
        return Csv.row(List.of("id=" + name + "." + host, source));
    }

    /**
     * Converts the option to a secret of the build.
     *
     * @param given the given options, including the context
     * @param credentials {@code token,env=VARIABLE}, with {@code header} or {@code src=FILE} as the alternatives
     */
    public static void give(GivenOptions given, String credentials) {
        Matcher matcher = COMMAND_LINE.matcher(credentials);
        if (!matcher.matches()) {
            // It may be the token itself.
            given.refuse(
                    BuildTable.GIT_CREDENTIALS,
                    "****",
                    "expected token or header, and its source: token,env=VARIABLE or header,src=FILE");
            return;
        }
        require(given, credentials)
                .ifPresent(context -> given.give(
                        BuildTable.SECRETS,
                        List.of(context.secret(
                                matcher.group("what").equals("token") ? TOKEN : HEADER, matcher.group("source")))));
    }

    /**
     * The context; adds a mistake if it cannot have credentials.
     *
     * @param credentials for the message
     */
    public static Optional<GitContext> require(GivenOptions given, String credentials) {
        Optional<GitContext> context = of(given.text(ImageTable.CONTEXT));
        if (context.isEmpty()) {
            given.refuse(
                    BuildTable.GIT_CREDENTIALS,
                    credentials,
                    "it needs a {context} such as https://git.example.org/group/project.git#branch; for a repository over "
                            + "SSH, use {ssh}");
        }
        return context;
    }

    /** The address without its login, if that has a password or looks like a token; otherwise empty. */
    static Optional<String> withoutLogin(String address) {
        Matcher matcher = LOGIN.matcher(address);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean web = matcher.group("start").toLowerCase(Locale.ROOT).startsWith("http");
        String login = matcher.group("login");
        boolean password = login.indexOf(':') >= 0 && !login.endsWith(":");
        return password || web && SecretNames.isSecretValue(login)
                ? Optional.of(matcher.group("start") + "****@" + matcher.group("rest"))
                : Optional.empty();
    }
}
