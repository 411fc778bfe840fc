/** Logins to registries: the docker configuration for one build. */
package io.jenkins.plugins.cvmfs.engine.login;
