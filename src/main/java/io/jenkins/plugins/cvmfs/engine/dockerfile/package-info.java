/** Dockerfiles: those that a setup script needs, and what a file says of the frontend that reads it. */
package io.jenkins.plugins.cvmfs.engine.dockerfile;
