package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.dockerfile.check.CheckOptions;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileChecks;
import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretNames;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The findings of the checks of a build's Dockerfile, for front ends and for the diagnosis of a failure.
 *
 * @param path of the Dockerfile
 * @param findings the findings, in the order of the lines
 */
public record Review(String path, List<DockerfileFinding> findings) {
    /**
     * Reads and checks the Dockerfile of a build. A Dockerfile in a remote context cannot be read.
     *
     * @param files the text of a file, empty if it cannot be read
     */
    public static Review of(ImageSpec spec, Function<String, Optional<String>> files) {
        Optional<String> path = spec.source() instanceof Source.Dockerfile source ? source.local() : Optional.empty();
        List<DockerfileFinding> findings = path.flatMap(files)
                .map(text -> DockerfileChecks.of(text, options(spec)))
                .orElse(List.of());
        return new Review(path.orElse("").replaceFirst("^(?:\\./+)+", ""), findings);
    }

    private static CheckOptions options(ImageSpec spec) {
        BuilderSpec builder = spec.builder();
        return new CheckOptions(
                new CheckOptions.Cvmfs(
                        !spec.mounts().text().equals("none"),
                        spec.mounts().any(),
                        spec.uid() != null,
                        spec.gid() != null,
                        spec.insecure(),
                        spec.readsHost()),
                new CheckOptions.Builder(
                        builder.made() ? builder.image() : null,
                        builder.name() == null && builder.driver() != Driver.AUTO),
                spec.source() instanceof Source.Dockerfile source ? source.target() : null,
                spec.options().buildArgs(),
                spec.options().buildContexts().keySet(),
                SecretNames::isSecret);
    }

    /** The findings about the instruction at a line, such as the one at which BuildKit failed. */
    public List<DockerfileFinding> at(int line) {
        return findings.stream().filter(finding -> finding.covers(line)).toList();
    }

    /** The warnings, one a line. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> !finding.isError())
                .map(finding -> finding.message(path))
                .toList();
    }

    /**
     * Ends a build that cannot succeed.
     *
     * @throws InvalidSpecException with every error, if there is any
     */
    public void refuse() throws InvalidSpecException {
        List<Problem> errors = findings.stream()
                .filter(DockerfileFinding::isError)
                .map(finding -> Problem.of(finding.message(path)))
                .toList();
        if (!errors.isEmpty()) {
            throw new InvalidSpecException(errors);
        }
    }
}
