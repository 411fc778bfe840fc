/** Runs a build in Jenkins, from its options to its record. */
package io.jenkins.plugins.cvmfs.build;
