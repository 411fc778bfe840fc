package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The CVMFS repositories to mount, as in {@code CVMFS_MOUNTS}.
 *
 * @param text repository names separated by one space, {@code all}, {@code none}, or an empty text
 */
public record Mounts(String text) {
    /** What is expected, for a message. */
    public static final String ALLOWED =
            "repository names such as cms.cern.ch, separated by spaces or commas, or all, or none alone";

    /** No mounts were given. */
    public static final Mounts UNSET = new Mounts("");

    // https://cvmfs.readthedocs.io: a fully qualified repository name is a DNS-like name of at most 60 characters.
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)+");
    private static final int REPOSITORY_MAX = 60;

    /** Parses a user's text; empty if it is invalid. */
    public static Optional<Mounts> parse(String written) {
        String text = written.replaceAll("[ \\t\\r\\n,]+", " ").strip();
        if (text.isEmpty() || text.equalsIgnoreCase("all") || text.equalsIgnoreCase("none")) {
            return Optional.of(new Mounts(text.toLowerCase(Locale.ROOT)));
        }
        for (String name : text.split(" ")) {
            if (!isRepository(name)) {
                return Optional.empty();
            }
        }
        return Optional.of(new Mounts(text));
    }

    /** Whether a text is a fully qualified repository name. */
    public static boolean isRepository(String name) {
        return name.length() <= REPOSITORY_MAX && REPOSITORY.matcher(name).matches();
    }

    /**
     * Whether a repository may be mounted, judging by names. Only the base image knows which repositories {@code all}
     * includes.
     */
    public boolean mayHave(String repository) {
        return text.isEmpty() || text.equals("all") || repositories().contains(repository);
    }

    /** The named repositories; empty for {@code all} and {@code none}. */
    public List<String> repositories() {
        return text.isEmpty() || text.equals("all") || text.equals("none") ? List.of() : List.of(text.split(" "));
    }

    /** Whether CVMFS is mounted at all. */
    public boolean any() {
        return text.equals("all") || !repositories().isEmpty();
    }
}
