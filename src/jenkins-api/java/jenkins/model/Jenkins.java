package jenkins.model;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractCIBase;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.security.AccessControlled;
import hudson.security.Permission;
import hudson.util.XStream2;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.util.List;
import org.jvnet.hudson.reactor.ReactorException;
import org.springframework.security.core.Authentication;

/** Of org.jenkins-ci.main:jenkins-core. */
public class Jenkins extends AbstractCIBase implements AccessControlled {
    public static final Permission ADMINISTER = null;
    public static final XStream2 XSTREAM2 = null;

    protected Jenkins(File file, ServletContext servletContext) throws IOException, InterruptedException, ReactorException {}

    public static Jenkins get() throws IllegalStateException {
        throw new UnsupportedOperationException();
    }

    public static Authentication getAuthentication2() {
        throw new UnsupportedOperationException();
    }

    public Computer getComputer(String string) {
        throw new UnsupportedOperationException();
    }

    public Launcher createLauncher(TaskListener taskListener) {
        throw new UnsupportedOperationException();
    }

    public String getDisplayName() {
        throw new UnsupportedOperationException();
    }

    public List<Node> getNodes() {
        throw new UnsupportedOperationException();
    }

    public FilePath getRootPath() {
        throw new UnsupportedOperationException();
    }

    public File getRootDir() {
        throw new UnsupportedOperationException();
    }

    public boolean isTerminating() {
        throw new UnsupportedOperationException();
    }
}
