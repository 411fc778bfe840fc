package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.engine.diagnosis.AccessChoice;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.List;
import java.util.Optional;

/**
 * An image as it was asked for, before credentials are used.
 *
 * @param named what it has of its own among several; empty for the only one
 * @param spec what is wanted
 * @param judged the Dockerfile; empty for a setup script, and where it comes with a context from elsewhere
 * @param access what {@code cvmfs: [access: 'auto']} came to; empty where that was not asked
 */
record AskedImage(
        Optional<SeveralImages.Named> named,
        ImageSpec spec,
        Optional<DockerfileText> judged,
        Optional<AccessChoice> access) {
    String name() {
        return named.map(SeveralImages.Named::name).orElse("");
    }

    Optional<String> dockerfile() {
        return judged.map(DockerfileText::text);
    }

    ImagesPlan.Wanted wanted(ImageSpec complete) {
        return new ImagesPlan.Wanted(name(), complete, judged);
    }

    /** What is said of one of several images has its name before it. */
    List<String> said(List<String> lines) {
        return named.isEmpty()
                ? lines
                : lines.stream().map(line -> "[" + name() + "] " + line).toList();
    }
}
