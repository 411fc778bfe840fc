package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Locale;

/** The object that holds an option in Jenkins. */
public enum Place {
    /** The step, and the freestyle build step. */
    STEP(""),
    /** The settings of the CVMFS client: {@code cvmfs: [...]}. */
    CLIENT("cvmfs"),
    /** The settings of the builder: {@code builder: [...]}. */
    BUILDER("builder");

    private final String property;

    Place(String property) {
        this.property = property;
    }

    /** The step's property that is that object; empty for the step itself. */
    public String property() {
        return property;
    }

    /** The name of an option within that object: {@code httpProxy} for {@code cvmfsHttpProxy}. */
    String within(String option) {
        if (property.isEmpty() || !option.startsWith(property)) {
            return option;
        }
        String rest = option.substring(property.length());
        return rest.substring(0, 1).toLowerCase(Locale.ROOT) + rest.substring(1);
    }
}
