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

/** What the options of a build need of buildx and of BuildKit; the table says which versions have them. */
public final class GateRules {
    private static final Pattern RELEASE = Pattern.compile("v([0-9]{1,4}(?:\\.[0-9]{1,4}){2})(?:-rootless)?");
    /** What docker does anyway. */
    private static final Set<String> USUAL = Set.of("false", "build");

    private static final String OFFICIAL = "docker.io/moby/buildkit";

    private GateRules() {}

    /** The options that were given and that not every version has. */
    public static List<Option> gated(GivenOptions given) {
        return OptionTable.all().stream()
                .filter(option ->
                        !(option.buildx() + option.engine() + option.buildkit()).isEmpty() && asks(given, option))
                .toList();
    }

    /** Whether an option is given, and asks for something. */
    public static boolean asks(GivenOptions given, Option option) {
        return given.isChanged(option)
                && (option.asking().isEmpty()
                        ? !USUAL.contains(given.shown(option))
                        : option.asking().equals(given.shown(option)));
    }

    /** A builder that is made runs the BuildKit of its image, so that is known before anything runs. */
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

    /** Whether a version is older than another one: numbers with dots between them. */
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
