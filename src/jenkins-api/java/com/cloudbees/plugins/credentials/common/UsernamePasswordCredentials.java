package com.cloudbees.plugins.credentials.common;

/** Of org.jenkins-ci.plugins:credentials. */
public interface UsernamePasswordCredentials extends UsernameCredentials, PasswordCredentials {}
