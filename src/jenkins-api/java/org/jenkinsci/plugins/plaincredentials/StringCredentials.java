package org.jenkinsci.plugins.plaincredentials;

import com.cloudbees.plugins.credentials.common.StandardCredentials;
import hudson.util.Secret;

/** Of org.jenkins-ci.plugins:plain-credentials. */
public interface StringCredentials extends StandardCredentials {
    Secret getSecret();
}
