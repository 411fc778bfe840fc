/** Logins to registries: a docker configuration of one build's own. */
package io.jenkins.plugins.cvmfs.engine.login;
