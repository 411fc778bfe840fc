package io.jenkins.plugins.cvmfs.run;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String derivedImages() {
        return HOLDER.format("DerivedImageAction.displayName");
    }
}
