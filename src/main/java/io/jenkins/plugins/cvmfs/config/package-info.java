/** The global configuration: registries and their credentials, defaults, and the policy for insecure builds. */
package io.jenkins.plugins.cvmfs.config;
