package io.jenkins.plugins.cvmfs;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String derivedImage() {
        return HOLDER.format("DerivedImage.displayName");
    }

    static String buildSecret() {
        return HOLDER.format("BuildSecret.displayName");
    }

    static String sshKey() {
        return HOLDER.format("SshKey.displayName");
    }

    static String loadByDefault() {
        return HOLDER.format("Load.byDefault");
    }

    static String yes() {
        return HOLDER.format("Load.yes");
    }

    static String no() {
        return HOLDER.format("Load.no");
    }
}
