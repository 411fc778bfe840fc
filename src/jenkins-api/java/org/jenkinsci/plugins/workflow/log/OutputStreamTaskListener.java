package org.jenkinsci.plugins.workflow.log;

import hudson.model.TaskListener;
import java.io.OutputStream;
import java.io.PrintStream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.Beta;

/** Of org.jenkins-ci.plugins.workflow:workflow-api. */
@Restricted(Beta.class)
public interface OutputStreamTaskListener extends TaskListener {
    OutputStream getOutputStream();

    static OutputStream getOutputStream(TaskListener taskListener) {
        throw new UnsupportedOperationException();
    }

    abstract class Default implements OutputStreamTaskListener {
        public Default() {}

        public synchronized PrintStream getLogger() {
            throw new UnsupportedOperationException();
        }
    }
}
