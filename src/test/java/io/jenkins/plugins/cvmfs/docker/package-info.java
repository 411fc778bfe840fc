/** Builds on a real engine with real registries, which {@code bin/test} starts. */
package io.jenkins.plugins.cvmfs.docker;
