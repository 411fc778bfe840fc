/** The Pipeline step's execution, which survives a restart of Jenkins and the loss of an agent. */
package io.jenkins.plugins.cvmfs.durable;
