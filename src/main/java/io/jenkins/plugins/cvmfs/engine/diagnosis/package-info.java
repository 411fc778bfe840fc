/** From a failure to what failed, why, and how to fix it. */
package io.jenkins.plugins.cvmfs.engine.diagnosis;
