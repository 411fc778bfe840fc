package io.jenkins.plugins.cvmfs.config;

import hudson.Util;
import hudson.model.Label;
import hudson.model.Node;
import hudson.util.FormValidation;
import java.util.Optional;
import jenkins.model.Jenkins;

/** A label expression entered by an administrator. */
final class LabelExpression {
    private LabelExpression() {}

    /** Checks a field of a form. Users without permission to configure Jenkins get no answer. */
    static FormValidation check(String option, String value) {
        if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
            return FormValidation.ok();
        }
        return parse(value.trim()).isPresent()
                ? FormValidation.ok()
                : FormValidation.error(
                        "Invalid %s '%s': expected a label expression, such as linux && cvmfs", option, value);
    }

    /** Empty if the text is not a label expression. */
    static Optional<Label> parse(String text) {
        try {
            return Optional.of(Label.parseExpression(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the node matches; false if the text is not a label expression. */
    static boolean matches(String text, Node node) {
        return parse(text).filter(label -> label.matches(node)).isPresent();
    }
}
