package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.Gate;
import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what the options of a build need of buildx, the engine, BuildKit and the driver, according to the table. */
public final class GateRules {
    private static final Pattern RELEASE = Pattern.compile("v([0-9]{1,4}(?:\\.[0-9]{1,4}){2})(?:-rootless)?");

    private static final String OFFICIAL = "docker.io/moby/buildkit";

    private GateRules() {}

    /** A given option and one of its requirements. */
    public record Asked(Option option, Gate gate) {
        /** The minimum version of a component; empty for any. */
        public Optional<String> needs(Part part) {
            return Optional.ofNullable(gate.needs().get(part));
        }

        /** The option, with the values that need it, for people. */
        public String what() {
            return gate.value().isEmpty() ? option.name() : option.name() + " (" + gate.value() + ")";
        }
    }

    /** The requirements of the given options. */
    public static List<Asked> asked(GivenOptions given) {
        return OptionTable.all().stream()
                .flatMap(option -> option.gates().stream()
                        .filter(gate -> gate.isAsked(given, option))
                        .map(gate -> new Asked(option, gate)))
                .toList();
    }

    /** A builder that is created runs the BuildKit of its image, so its version is known in advance. */
    static void check(GivenOptions given, Problems problems) {
        Optional<String> release = Optional.ofNullable(given.text(BuilderTable.IMAGE))
                .flatMap(ImageReference::parse)
                .filter(image -> image.canonicalName().equals(OFFICIAL) && image.tag() != null)
                .map(image -> RELEASE.matcher(image.tag()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1));
        release.ifPresent(version -> asked(given).stream()
                .filter(asked -> asked.needs(Part.BUILDKIT)
                        .filter(needed -> isOlder(version, needed))
                        .isPresent())
                .forEach(asked -> problems.add(
                        asked.option(),
                        given.shown(asked.option()),
                        "it needs BuildKit " + asked.needs(Part.BUILDKIT).orElseThrow()
                                + " or later, and {builderImage} is " + version + "; "
                                + asked.gate().instead())));
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
