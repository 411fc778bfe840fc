package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the checks say of the Dockerfile of a build, for a front end.
 *
 * @param path of the Dockerfile
 * @param findings what is wrong
 */
public record Review(String path, List<DockerfileFinding> findings) {
    /**
     * Reads and checks the Dockerfile of a build; one that comes with a context from elsewhere is not seen.
     *
     * @param files the text of a file, empty if it cannot be read
     */
    public static Review of(ImageSpec spec, Function<String, Optional<String>> files) {
        Optional<String> path = spec.source() instanceof Source.Dockerfile source ? source.local() : Optional.empty();
        List<DockerfileFinding> findings =
                path.flatMap(files).map(text -> DockerfileChecks.of(spec, text)).orElse(List.of());
        return new Review(path.orElse("").replaceFirst("^(?:\\./+)+", ""), findings);
    }

    /** The warnings, one a line. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> !finding.isError())
                .map(finding -> finding.message(path))
                .toList();
    }

    /**
     * Ends a build that would be for nothing.
     *
     * @throws InvalidSpecException with every error, if there is any
     */
    public void refuse() throws InvalidSpecException {
        List<Problem> errors = findings.stream()
                .filter(DockerfileFinding::isError)
                .map(finding -> new Problem(
                        "dockerfile", path + ":" + finding.line(), finding.text() + " [" + finding.id() + "]"))
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidSpecException(errors);
        }
    }
}
