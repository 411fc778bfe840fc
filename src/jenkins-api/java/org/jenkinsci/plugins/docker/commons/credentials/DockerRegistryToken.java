package org.jenkinsci.plugins.docker.commons.credentials;

import java.io.Serializable;

/** Of org.jenkins-ci.plugins:docker-commons. */
public final class DockerRegistryToken implements Serializable {
    public DockerRegistryToken(String string, String string2) {}

    public String getToken() {
        throw new UnsupportedOperationException();
    }
}
