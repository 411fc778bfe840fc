package io.jenkins.plugins.cvmfs.durable;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Ending;
import io.jenkins.plugins.cvmfs.agent.PrivateDirectory;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.ResultTexts;
import io.jenkins.plugins.cvmfs.engine.runner.Results;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A private directory whose build Jenkins may lose sight of: it has what starts the build once, however often it is
 * started, what stops it, and afterwards what tells how it ended.
 */
@Restricted(NoExternalUse.class)
public final class DurableDirectory implements Results {
    private static final String ONCE = PrivateDirectory.FOLDER + "once.sh";

    private final FilePath directory;
    private ResultTexts results;

    /** @param directory the private directory, of {@link AgentSite#directory(FilePath, String)} */
    public DurableDirectory(FilePath directory) {
        this.directory = directory;
    }

    /** Whether {@link #make} was done to its end. */
    public boolean isReady() throws IOException, InterruptedException {
        return directory.child(PrivateDirectory.Durable.READY).exists();
    }

    /**
     * Lays everything down.
     *
     * @param site of the same private directory
     * @param planned the files of the plan
     */
    public void make(AgentSite site, List<PlannedFile> planned) throws IOException, InterruptedException {
        List<PlannedFile> files = new ArrayList<>(planned);
        files.add(new PlannedFile(ONCE, PrivateDirectory.resource(DurableDirectory.class, "once.sh"), true));
        files.add(new PlannedFile(
                PrivateDirectory.STOP, PrivateDirectory.resource(DurableDirectory.class, "stop.sh"), true));
        site.layDown(files);
        directory.act(new PrivateDirectory.Durable(new HashMap<>(site.environment())));
    }

    /**
     * A script that runs the build.
     *
     * @param workspace where relative paths start
     */
    public String command(FilePath workspace) {
        // Without this first line the step sh would show every command.
        return "#!/bin/sh\nexec sh " + ShellWord.literal(directory.child(ONCE).getRemote()) + " "
                + ShellWord.literal(workspace.getRemote()) + "\n";
    }

    /**
     * Stops the build, and waits until it has cleaned up; false if it runs on.
     *
     * @param launcher starts processes where the build's are, which may be in a container
     */
    public boolean stop(Launcher launcher, TaskListener listener) throws IOException, InterruptedException {
        return launcher.launch()
                        .cmds("sh", directory.child(PrivateDirectory.STOP).getRemote())
                        .quiet(true)
                        .stdout(listener)
                        .join()
                == 0;
    }

    /** Stops the build where no launcher is to be had; one in a container is not reached. */
    public boolean abandon() throws IOException, InterruptedException {
        return directory.act(new PrivateDirectory.Abandon());
    }

    /** How the build ended. */
    public Ending ending() throws IOException, InterruptedException {
        return directory.act(new PrivateDirectory.End());
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException {
        if (results == null) {
            results = in("");
        }
        return results.read(file);
    }

    /**
     * What the script has left of one of several images.
     *
     * @param folder the image's; empty for the only one
     */
    public ResultTexts in(String folder) throws IOException, InterruptedException {
        return new ResultTexts(directory.act(new PrivateDirectory.Results(folder)));
    }

    /** Where it is. */
    public FilePath path() {
        return directory;
    }

    /** Whether there is anything. */
    public boolean exists() throws IOException, InterruptedException {
        return directory.exists();
    }

    /** Removes the directory and all in it; does nothing if that is done. */
    public void remove() throws IOException, InterruptedException {
        directory.deleteRecursive();
    }
}
