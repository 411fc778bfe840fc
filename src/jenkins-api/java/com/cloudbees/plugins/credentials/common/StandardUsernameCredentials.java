package com.cloudbees.plugins.credentials.common;

/** Of org.jenkins-ci.plugins:credentials. */
public interface StandardUsernameCredentials extends StandardCredentials, UsernameCredentials {}
