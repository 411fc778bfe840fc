package com.cloudbees.plugins.credentials.common;

/** Of org.jenkins-ci.plugins:credentials. */
public class StandardListBoxModel extends AbstractIdCredentialsListBoxModel<StandardListBoxModel, StandardCredentials> {
    public StandardListBoxModel() {}
}
