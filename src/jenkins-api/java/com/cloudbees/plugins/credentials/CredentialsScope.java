package com.cloudbees.plugins.credentials;

/** Of org.jenkins-ci.plugins:credentials. */
public enum CredentialsScope {
    SYSTEM, GLOBAL, USER
}
