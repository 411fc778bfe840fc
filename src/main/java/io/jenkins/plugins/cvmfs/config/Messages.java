package io.jenkins.plugins.cvmfs.config;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the language of whoever reads them. */
public final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    public static String derivedImage() {
        return HOLDER.format("DerivedImage.displayName");
    }

    public static String derivedImages() {
        return HOLDER.format("DerivedImageAction.displayName");
    }

    public static String buildSecret() {
        return HOLDER.format("BuildSecret.displayName");
    }

    public static String sshKey() {
        return HOLDER.format("SshKey.displayName");
    }

    public static String loadByDefault() {
        return HOLDER.format("loadByDefault");
    }

    public static String yes() {
        return HOLDER.format("yes");
    }

    public static String no() {
        return HOLDER.format("no");
    }

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

    static String registry() {
        return HOLDER.format("Registry.displayName");
    }

    static String policy() {
        return HOLDER.format("InsecurePolicy.displayName");
    }
}
