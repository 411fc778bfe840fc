package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The CVMFS repositories to mount, as {@code CVMFS_MOUNTS} says them.
 *
 * @param text repository names separated by one space, {@code all}, {@code none}, or nothing
 */
public record Mounts(String text) {
    /** What is allowed, for a message. */
    public static final String ALLOWED =
            "repository names such as cms.cern.ch, separated by spaces or commas, or all, or none alone";

    /** Nothing is said about mounts. */
    public static final Mounts UNSET = new Mounts("");

    // https://cvmfs.readthedocs.io: a fully qualified repository name is a DNS-like name of at most 60 characters.
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)+");
    private static final int REPOSITORY_MAX = 60;

    /** Reads what a user wrote; empty if it is no list of mounts. */
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

    /** Whether that is a fully qualified repository name. */
    public static boolean isRepository(String name) {
        return name.length() <= REPOSITORY_MAX && REPOSITORY.matcher(name).matches();
    }

    /**
     * Whether that repository may be mounted, as far as the names tell; which ones {@code all} has, the base image
     * knows.
     */
    public boolean mayHave(String repository) {
        return text.isEmpty() || text.equals("all") || repositories().contains(repository);
    }

    /** The repositories by name; nothing for {@code all} and {@code none}. */
    public List<String> repositories() {
        return text.isEmpty() || text.equals("all") || text.equals("none") ? List.of() : List.of(text.split(" "));
    }

    /** Whether CVMFS is mounted at all. */
    public boolean any() {
        return text.equals("all") || !repositories().isEmpty();
    }
}
