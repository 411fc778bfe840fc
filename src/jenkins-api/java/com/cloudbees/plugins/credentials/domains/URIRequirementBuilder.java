package com.cloudbees.plugins.credentials.domains;

import java.util.List;

/** Of org.jenkins-ci.plugins:credentials. */
public class URIRequirementBuilder {
    private URIRequirementBuilder(List<DomainRequirement> list) {}

    public List<DomainRequirement> build() {
        throw new UnsupportedOperationException();
    }

    public static URIRequirementBuilder fromUri(String string) {
        throw new UnsupportedOperationException();
    }
}
