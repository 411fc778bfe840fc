/** Where a build runs in Jenkins: a workspace on an agent, reached through Launcher and FilePath. */
package io.jenkins.plugins.cvmfs.agent;
