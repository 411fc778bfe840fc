package io.jenkins.plugins.cvmfs.engine.tags;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The validated facts that a run knows about itself. */
public final class RunFacts {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:ssh://)?(?:[^@/\\s]{1,255}@)?([A-Za-z0-9.-]{1,253})[:/](?![0-9]+/)/?([^\\s]{1,1024})");
    private static final Pattern LOGIN = Pattern.compile("(https?://)[^/@\\s]{1,1024}@");

    private final Map<Fact, String> known = new EnumMap<>(Fact.class);
    private final List<String> warnings = new ArrayList<>();
    private final boolean scheduled;
    private final Instant now;

    /**
     * @param told facts from the environment; those that do not match their grammar count as unknown
     * @param scheduled whether a timer started the run
     * @param now when the run started
     */
    public RunFacts(Map<Fact, String> told, boolean scheduled, Instant now) {
        this.scheduled = scheduled;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        told.forEach((fact, value) -> {
            if (value != null && !value.isEmpty()) {
                take(fact, fact == Fact.SOURCE ? address(value) : value);
            }
        });
    }

    private void take(Fact fact, String value) {
        if (fact.allows(value)) {
            known.put(fact, value);
        } else {
            // A rejected value is never shown: it may contain a login.
            warnings.add("Warning: what the environment says of " + fact.meaning() + " is malformed; no tag and "
                    + "no label is generated from it.");
        }
    }

    /** A git address as a URL for browsers, without a login. */
    private static String address(String url) {
        String plain = LOGIN.matcher(url).replaceFirst("$1");
        Matcher ssh = ADDRESS.matcher(plain);
        if (!plain.startsWith("http") && ssh.matches()) {
            plain = "https://" + ssh.group(1) + "/" + ssh.group(2);
        }
        return plain.endsWith(".git") ? plain.substring(0, plain.length() - ".git".length()) : plain;
    }

    /** A fact; empty if unknown. */
    public Optional<String> get(Fact fact) {
        return Optional.ofNullable(known.get(fact));
    }

    /** Whether the branch is known to be the default one. */
    boolean isDefaultBranch() {
        return get(Fact.BRANCH).isPresent() && get(Fact.BRANCH).equals(get(Fact.DEFAULT_BRANCH));
    }

    boolean isScheduled() {
        return scheduled;
    }

    Instant now() {
        return now;
    }

    /** One line for each fact that did not match its grammar. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** The known facts, for a message. */
    @Override
    public String toString() {
        return known.isEmpty()
                ? "nothing"
                : known.entrySet().stream()
                        .map(entry -> entry.getKey().meaning() + " '" + entry.getValue() + "'")
                        .collect(Collectors.joining(", "));
    }
}
