package hudson.model;

import java.io.PrintStream;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface TaskListener {
    PrintStream getLogger();
}
