/** The two front ends in Jenkins: the Pipeline step and the freestyle builder. */
package io.jenkins.plugins.cvmfs;
