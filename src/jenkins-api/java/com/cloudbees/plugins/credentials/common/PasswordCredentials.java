package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;
import hudson.util.Secret;

/** Of org.jenkins-ci.plugins:credentials. */
public interface PasswordCredentials extends Credentials {
    Secret getPassword();
}
