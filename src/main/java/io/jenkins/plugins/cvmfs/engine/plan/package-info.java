/** From what is wanted to what is done: a pure function from an ImageSpec to one shell script with its files. */
package io.jenkins.plugins.cvmfs.engine.plan;
