package io.jenkins.plugins.cvmfs.config;

import hudson.Util;
import hudson.model.Label;
import hudson.util.FormValidation;
import jenkins.model.Jenkins;

/** A form's check of a label expression. */
final class LabelExpression {
    private LabelExpression() {}

    /** Whoever may not configure Jenkins hears nothing. */
    static FormValidation check(String option, String value) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        try {
            Label.parseExpression(value.trim());
            return FormValidation.ok();
        } catch (IllegalArgumentException e) {
            return FormValidation.error(
                    "%s is '%s': a label expression is allowed, such as linux && cvmfs", option, value);
        }
    }
}
