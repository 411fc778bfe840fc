package org.jenkinsci.plugins.docker.commons.fingerprint;

import hudson.model.Run;
import java.io.IOException;

/** Of org.jenkins-ci.plugins:docker-commons. */
public class DockerFingerprints {
    private DockerFingerprints() {}

    public static void addFromFacet(String string, String string2, Run<?, ?> run) throws IOException {
        throw new UnsupportedOperationException();
    }
}
