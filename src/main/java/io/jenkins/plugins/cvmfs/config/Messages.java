package io.jenkins.plugins.cvmfs.config;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String configuration() {
        return HOLDER.format("DerivedImageConfiguration.displayName");
    }

    static String builderOptions() {
        return HOLDER.format("BuilderOptions.displayName");
    }

    static String registry() {
        return HOLDER.format("Registry.displayName");
    }

    static String policy() {
        return HOLDER.format("InsecurePolicy.displayName");
    }
}
