/** Plans: a pure function from an ImageSpec to one shell script with its files. */
package io.jenkins.plugins.cvmfs.engine.plan;
