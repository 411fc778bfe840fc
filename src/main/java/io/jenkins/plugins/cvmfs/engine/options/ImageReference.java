package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of an image, by the grammar of references of the distribution project.
 *
 * @param name registry and repository as written, without tag and digest
 * @param tag the tag, or null
 * @param digest {@code sha256:...}, or null
 */
public record ImageReference(String name, String tag, String digest) {
    /** The registry of names without one. */
    public static final String DOCKER_HUB = "docker.io";

    private static final int NAME_MAX = 255;
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String LABEL = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
    private static final String DOMAIN = "(?:" + LABEL + "(?:\\." + LABEL + ")*|\\[[a-fA-F0-9:]+])(?::[0-9]+)?";
    private static final Pattern GRAMMAR =
            Pattern.compile("((?:" + DOMAIN + "/)?" + COMPONENT + "(?:/" + COMPONENT + ")*)"
                    + "(?::([\\w][\\w.-]{0,127}))?"
                    + "(?:@([A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}))?");
    private static final Pattern SHA256 = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final Pattern BARE_ID = Pattern.compile("[a-f0-9]{64}");

    /** Parses a reference; empty if it is invalid. */
    public static Optional<ImageReference> parse(String text) {
        // A repeated group in java.util.regex recurses: a bound keeps a hostile text from exhausting the stack.
        if (text.length() > NAME_MAX + 1 + 128 + 1 + 200) {
            return Optional.empty();
        }
        Matcher matcher = GRAMMAR.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String digest = matcher.group(3);
        if (digest != null
                && digest.startsWith("sha256:")
                && !SHA256.matcher(digest).matches()) {
            return Optional.empty();
        }
        ImageReference reference = new ImageReference(matcher.group(1), matcher.group(2), digest);
        boolean usable = reference.canonicalName().length() <= NAME_MAX
                && !BARE_ID.matcher(reference.name).matches();
        return usable ? Optional.of(reference) : Optional.empty();
    }

    /** The registry's host and port, {@link #DOCKER_HUB} if the name has none. */
    public String registry() {
        int slash = name.indexOf('/');
        String first = slash < 0 ? "" : name.substring(0, slash);
        boolean host = first.indexOf('.') >= 0
                || first.indexOf(':') >= 0
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(java.util.Locale.ROOT));
        if (!host) {
            return DOCKER_HUB;
        }
        return first.equals("index.docker.io") ? DOCKER_HUB : first;
    }

    /** The repository within its registry, {@code library/debian} for {@code debian}. */
    public String repository() {
        int slash = name.indexOf('/');
        boolean named = slash >= 0 && (name.startsWith(registry() + "/") || name.startsWith("index.docker.io/"));
        String repository = named ? name.substring(slash + 1) : name;
        return registry().equals(DOCKER_HUB) && repository.indexOf('/') < 0 ? "library/" + repository : repository;
    }

    /** Registry and repository in full, such as {@code docker.io/library/debian} for {@code debian}. */
    public String canonicalName() {
        return registry() + "/" + repository();
    }

    /** The reference to exactly one content: {@code name@sha256:...}. */
    public String pinned(String sha256) {
        return name + "@" + sha256;
    }

    /** The reference as it was written. */
    @Override
    public String toString() {
        return name + (tag == null ? "" : ":" + tag) + (digest == null ? "" : "@" + digest);
    }
}
