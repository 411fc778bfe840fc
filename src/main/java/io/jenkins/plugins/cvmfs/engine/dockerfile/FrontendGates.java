package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.spec.GateRules;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks whether the Dockerfile's frontend supports the options. With an older one, docker would ignore them, or fail
 * with a misleading message.
 */
final class FrontendGates {
    private static final Pattern DOCKERS =
            Pattern.compile("(?:docker\\.io/)?docker/dockerfile:(1\\.[0-9]{1,4}(?:\\.[0-9]{1,4})?)(?:-labs)?(?:@.+)?");

    private FrontendGates() {}

    /**
     * Checks the options against the version that a Dockerfile pins.
     *
     * @throws InvalidSpecException if one needs a later version
     */
    static void check(ImageSpec spec, String dockerfile) throws InvalidSpecException {
        Set<String> frontends = SyntaxDirective.frontends(spec.options().buildArgs(), Optional.of(dockerfile))
                .orElse(Set.of());
        Matcher pinned =
                DOCKERS.matcher(frontends.size() == 1 ? frontends.iterator().next() : "");
        if (!pinned.matches()) {
            return;
        }
        String version = pinned.group(1);
        List<Problem> problems = GateRules.asked(spec.values()).stream()
                .flatMap(asked -> asked
                        .needs(Part.FRONTEND)
                        .filter(needed -> GateRules.isOlder(version, needed))
                        .map(needed -> problem(spec, asked.option(), needed, version))
                        .stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
    }

    private static Problem problem(ImageSpec spec, Option option, String needed, String version) {
        return new Problem(
                option.name(),
                spec.values().shown(option),
                "it needs the Dockerfile frontend " + needed + " or later, and the Dockerfile names " + version
                        + "; write # syntax=docker/dockerfile:1 in its first line");
    }
}
