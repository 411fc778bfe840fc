package io.jenkins.plugins.cvmfs.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import jenkins.model.Jenkins;

/**
 * Where agents have their own CVMFS. Only the system configuration says it: of a job it could be any directory of the
 * agent, which the engine would read as root.
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
