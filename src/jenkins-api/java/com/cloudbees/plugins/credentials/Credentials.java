package com.cloudbees.plugins.credentials;

import hudson.model.Describable;
import java.io.Serializable;

/** Of org.jenkins-ci.plugins:credentials. */
public interface Credentials extends Describable<Credentials>, Serializable {
    CredentialsScope getScope();
}
