/** Finds common CVMFS mistakes in a Dockerfile before it is built; {@link DockerfileChecks#of} is the way in. */
package io.jenkins.plugins.cvmfs.engine.dockerfile.check;
