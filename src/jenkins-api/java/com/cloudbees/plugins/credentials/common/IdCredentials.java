package com.cloudbees.plugins.credentials.common;

import com.cloudbees.plugins.credentials.Credentials;

/** Of org.jenkins-ci.plugins:credentials. */
public interface IdCredentials extends Credentials {}
