package hudson.model;

import java.io.File;
import hudson.security.AccessControlled;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class AbstractItem extends Actionable implements Item, AccessControlled {
    protected AbstractItem(ItemGroup itemGroup, String string) {}

    public final String getFullName() {
        throw new UnsupportedOperationException();
    }

    public final String getFullDisplayName() {
        throw new UnsupportedOperationException();
    }

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }
}
