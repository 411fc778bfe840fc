/** From a failure to what failed, why, and the mend. */
package io.jenkins.plugins.cvmfs.engine.diagnosis;
