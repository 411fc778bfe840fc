package org.kohsuke.stapler.framework.io;

/** Of org.kohsuke.stapler:stapler. */
public class LargeText {
    protected LargeText() {}

    public long length() {
        throw new UnsupportedOperationException();
    }
}
