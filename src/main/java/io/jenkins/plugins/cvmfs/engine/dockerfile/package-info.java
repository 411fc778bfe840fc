/** Dockerfiles: those that a setup script needs. */
package io.jenkins.plugins.cvmfs.engine.dockerfile;
