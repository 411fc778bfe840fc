package org.jenkinsci.plugins.docker.commons.credentials;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;

/** Of org.jenkins-ci.plugins:docker-commons. */
public class DockerServerCredentials implements StandardCredentials {
    public DockerServerCredentials(
            CredentialsScope scope, String id, String description, Secret clientKeySecret, String clientCertificate, String serverCaCertificate) {}

    @Override
    public CredentialsScope getScope() {
        throw new UnsupportedOperationException();
    }

    public Secret getClientKeySecret() {
        throw new UnsupportedOperationException();
    }

    public String getClientCertificate() {
        throw new UnsupportedOperationException();
    }

    public String getServerCaCertificate() {
        throw new UnsupportedOperationException();
    }
}
