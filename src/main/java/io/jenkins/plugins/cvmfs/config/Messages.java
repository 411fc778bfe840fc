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

    static String clientOptions() {
        return HOLDER.format("ClientOptions.displayName");
    }

    static String agentClient() {
        return HOLDER.format("AgentClient.displayName");
    }

    static String yes() {
        return HOLDER.format("yes");
    }

    static String no() {
        return HOLDER.format("no");
    }

    static String registry() {
        return HOLDER.format("Registry.displayName");
    }

    static String policy() {
        return HOLDER.format("InsecurePolicy.displayName");
    }
}
