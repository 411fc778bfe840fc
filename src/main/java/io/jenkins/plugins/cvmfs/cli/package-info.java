/** The command line. */
package io.jenkins.plugins.cvmfs.cli;
