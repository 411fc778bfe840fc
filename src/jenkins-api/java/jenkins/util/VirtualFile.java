package jenkins.util;

import java.io.IOException;
import java.io.InputStream;

/** Of org.jenkins-ci.main:jenkins-core. */
public abstract class VirtualFile {
    public VirtualFile() {}

    public abstract VirtualFile child(String string);

    public abstract boolean isFile() throws IOException;

    public abstract long length() throws IOException;

    public abstract InputStream open() throws IOException;
}
