package io.jenkins.plugins.cvmfs.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import jenkins.model.Jenkins;

/**
 * The directory of the agents' own CVMFS. Only the system configuration sets it: a job could otherwise name any
 * directory of the agent, which the engine would read as root.
 */
final class HostPath {
    private HostPath() {}

    static FormValidation check(String value) {
        boolean silent = value.isBlank()
                || HostDirectory.isAllowed(value.strip())
                || !Jenkins.get().hasPermission(Jenkins.ADMINISTER);
        return silent
                ? FormValidation.ok()
                : FormValidation.error("Invalid directory '%s': expected %s", value, HostDirectory.ALLOWED);
    }
}
