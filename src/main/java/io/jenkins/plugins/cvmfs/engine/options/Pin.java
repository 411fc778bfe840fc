package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state in which a repository is mounted instead of the newest one.
 *
 * @param repository its name
 * @param parameter the client's parameter for it
 * @param value the parameter's value
 */
public record Pin(String repository, String parameter, String value) {
    /** What is expected, for a message. */
    public static final String EXPECTED =
            "REPOSITORY=ROOT-HASH, REPOSITORY=tag:NAME or REPOSITORY=date:2026-01-31T12:00:00Z";

    /** The parameter for a root hash, the only permanent identifier of a state. */
    public static final String ROOT_HASH = "CVMFS_ROOT_HASH";

    // The client ignores a hash in any other form and mounts the newest state.
    private static final Pattern PIN = Pattern.compile("([^=]+)=(?:tag:(?<tag>[A-Za-z0-9._/@+:-]{1,255})"
            + "|date:(?<date>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ)"
            + "|(?<hash>[0-9a-f]{40}(?:-(?:rmd160|shake128))?))");

    /** Parses a user's text; empty if it is invalid. */
    public static Optional<Pin> parse(String written) {
        Matcher pin = PIN.matcher(written);
        if (!pin.matches() || !Mounts.isRepository(pin.group(1))) {
            return Optional.empty();
        }
        String repository = pin.group(1);
        if (pin.group("tag") != null) {
            return Optional.of(new Pin(repository, "CVMFS_REPOSITORY_TAG", pin.group("tag")));
        }
        if (pin.group("date") != null) {
            return Optional.of(new Pin(repository, "CVMFS_REPOSITORY_DATE", pin.group("date")));
        }
        return Optional.of(new Pin(repository, ROOT_HASH, pin.group("hash")));
    }
}
