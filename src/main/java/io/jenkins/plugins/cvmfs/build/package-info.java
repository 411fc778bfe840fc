/** One way to carry a build out in Jenkins, from its options to its record. */
package io.jenkins.plugins.cvmfs.build;
