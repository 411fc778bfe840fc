package hudson;

import hudson.model.Computer;
import hudson.remoting.Future;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.io.Serializable;

/** Of org.jenkins-ci.main:jenkins-core. */
public final class FilePath {
    public FilePath(File file) {}

    public FilePath(VirtualChannel virtualChannel, String string) {}

    public <T> T act(FileCallable<T> fileCallable) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public <T> Future<T> actAsync(FileCallable<T> fileCallable) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public FilePath child(String string) {
        throw new UnsupportedOperationException();
    }

    public void deleteRecursive() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public boolean exists() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public VirtualChannel getChannel() {
        throw new UnsupportedOperationException();
    }

    public String getRemote() {
        throw new UnsupportedOperationException();
    }

    public void mkdirs() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public Computer toComputer() {
        throw new UnsupportedOperationException();
    }

    public interface FileCallable<T> extends Serializable {
        T invoke(File file, VirtualChannel virtualChannel) throws IOException, InterruptedException;
    }
}
