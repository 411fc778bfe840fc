package io.jenkins.plugins.cvmfs.engine.tags;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version (semver.org) from a git tag, with or without a leading {@code v}.
 *
 * @param prerelease what follows the hyphen, or null
 */
record SemanticVersion(String major, String minor, String patch, String prerelease) {
    private static final String NUMBER = "(0|[1-9][0-9]{0,9})";
    private static final Pattern GRAMMAR = Pattern.compile("v?" + NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-([0-9A-Za-z][0-9A-Za-z.-]{0,127}))?(?:\\+[0-9A-Za-z.-]{1,128})?");

    static Optional<SemanticVersion> parse(String text) {
        Matcher version = GRAMMAR.matcher(text);
        return version.matches()
                ? Optional.of(
                        new SemanticVersion(version.group(1), version.group(2), version.group(3), version.group(4)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch + (prerelease == null ? "" : "-" + prerelease);
    }
}
