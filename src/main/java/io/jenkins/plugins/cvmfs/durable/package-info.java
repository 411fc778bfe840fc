/** The Pipeline step's execution, which outlives a restart of Jenkins and a lost agent. */
package io.jenkins.plugins.cvmfs.durable;
