package com.cloudbees.jenkins.plugins.sshcredentials;

import com.cloudbees.plugins.credentials.common.StandardUsernameCredentials;

/** Of org.jenkins-ci.plugins:ssh-credentials. */
@Deprecated
public interface SSHUser extends StandardUsernameCredentials {}
