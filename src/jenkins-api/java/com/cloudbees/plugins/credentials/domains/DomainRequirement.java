package com.cloudbees.plugins.credentials.domains;

import java.io.Serializable;

/** Of org.jenkins-ci.plugins:credentials. */
public class DomainRequirement implements Serializable {
    public DomainRequirement() {}
}
