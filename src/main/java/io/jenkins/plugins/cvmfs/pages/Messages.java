package io.jenkins.plugins.cvmfs.pages;

import org.jvnet.localizer.ResourceBundleHolder;

/** The texts of {@code Messages.properties}, in the language of whoever reads them. */
final class Messages {
    private static final ResourceBundleHolder HOLDER = ResourceBundleHolder.get(Messages.class);

    private Messages() {}

    static String size() {
        return HOLDER.format("size");
    }

    static String tags() {
        return HOLDER.format("tags");
    }

    static String derivedImages() {
        return HOLDER.format("derivedImages");
    }

    static String derivedImage() {
        return HOLDER.format("derivedImage");
    }

    static String lastImage() {
        return HOLDER.format("lastImage");
    }
}
