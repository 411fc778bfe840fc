/** Dockerfiles: those that a setup script needs, and the review of a user's own. */
package io.jenkins.plugins.cvmfs.engine.dockerfile;
