package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the versions of buildx and BuildKit that the options of a build need, according to the table. */
public final class GateRules {
    private static final Pattern RELEASE = Pattern.compile("v([0-9]{1,4}(?:\\.[0-9]{1,4}){2})(?:-rootless)?");
    /** The defaults of docker. */
    private static final Set<String> USUAL = Set.of("false", "build");

    private static final String OFFICIAL = "docker.io/moby/buildkit";

    private GateRules() {}

    /** The given options that not every version supports. */
    public static List<Option> gated(GivenOptions given) {
        return OptionTable.all().stream()
                .filter(option ->
                        !(option.buildx() + option.engine() + option.buildkit()).isEmpty() && asks(given, option))
                .toList();
    }

    /** Whether an option is given with a value other than docker's default. */
    public static boolean asks(GivenOptions given, Option option) {
        return given.isChanged(option)
                && (option.asking().isEmpty()
                        ? !USUAL.contains(given.shown(option))
                        : option.asking().equals(given.shown(option)));
    }

    /** A builder that is created runs the BuildKit of its image, so its version is known in advance. */
    static void check(GivenOptions given, Problems problems) {
        Optional<String> release = Optional.ofNullable(given.text(BuilderTable.IMAGE))
                .flatMap(ImageReference::parse)
                .filter(image -> image.canonicalName().equals(OFFICIAL) && image.tag() != null)
                .map(image -> RELEASE.matcher(image.tag()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
        release.ifPresent(version -> gated(given).stream()
                .filter(option -> !option.buildkit().isEmpty() && isOlder(version, option.buildkit()))
                .forEach(option -> problems.add(
                        option,
                        given.shown(option),
                        "it needs BuildKit " + option.buildkit() + " or later, and {builderImage} is " + version + "; "
                                + option.instead())));
    }

    /** Whether a version of dot-separated numbers is older than another. */
    public static boolean isOlder(String version, String than) {
        String[] these = version.split("\\.");
        String[] those = than.split("\\.");
        for (int i = 0; i < those.length; i++) {
            int difference = (i < these.length ? Integer.parseInt(these[i]) : 0) - Integer.parseInt(those[i]);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }
}
