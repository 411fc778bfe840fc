/** Runs one build from plan to record, through a port that the command line and Jenkins agents implement. */
package io.jenkins.plugins.cvmfs.engine.runner;
