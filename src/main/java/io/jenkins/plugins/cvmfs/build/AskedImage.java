package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.engine.diagnosis.AccessChoice;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.List;
import java.util.Optional;

/**
 * A requested image, before credentials are used.
 *
 * @param named its own options among several images; empty for the only one
 * @param spec what is wanted
 * @param judged the Dockerfile; empty for a setup script or a remote context
 * @param access how {@code cvmfs: [access: 'auto']} was decided; empty if it was not requested
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

    /** Messages about one of several images start with its name. */
    List<String> said(List<String> lines) {
        return named.isEmpty()
                ? lines
                : lines.stream().map(line -> "[" + name() + "] " + line).toList();
    }
}
