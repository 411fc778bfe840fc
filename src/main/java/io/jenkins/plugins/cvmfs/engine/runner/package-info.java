/** One build from plan to record, over a port that the command line and the Jenkins agent each fill. */
package io.jenkins.plugins.cvmfs.engine.runner;
