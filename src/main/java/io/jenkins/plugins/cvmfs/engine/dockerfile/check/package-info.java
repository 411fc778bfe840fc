/** What is wrong with a Dockerfile that mounts CVMFS, said before it is built. */
package io.jenkins.plugins.cvmfs.engine.dockerfile.check;
