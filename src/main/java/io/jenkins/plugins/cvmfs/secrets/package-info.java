/** Build secrets, ssh keys and certificates from Jenkins credentials. */
package io.jenkins.plugins.cvmfs.secrets;
