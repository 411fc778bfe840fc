package com.cloudbees.plugins.credentials;

import java.io.Serializable;

/** Of org.jenkins-ci.plugins:credentials. */
public interface CredentialsMatcher extends Serializable {}
