package io.jenkins.plugins.cvmfs.durable;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.EndNotice;
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
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The private directory of a durable build. It contains a script that starts the build once, however often it is
 * called, a script that stops it, and afterwards how the build ended.
 */
@Restricted(NoExternalUse.class)
public final class DurableDirectory implements Results {
    private static final Logger LOGGER = Logger.getLogger(DurableDirectory.class.getName());
    private static final String ONCE = PrivateDirectory.FOLDER + "once.sh";

    private final FilePath directory;
    private ResultTexts results;

    /** @param directory the private directory, of {@link AgentSite#directory(FilePath, String)} */
    public DurableDirectory(FilePath directory) {
        this.directory = directory;
    }

    /** Whether {@link #make} was completed. */
    public boolean isReady() throws IOException, InterruptedException {
        return directory.child(PrivateDirectory.READY).exists();
    }

    /**
     * Writes all files.
     *
     * @param site of the same private directory
     * @param planned the files of the plan
     */
    public void make(AgentSite site, List<PlannedFile> planned) throws IOException, InterruptedException {
        List<PlannedFile> files = new ArrayList<>(planned);
        files.add(new PlannedFile(ONCE, PrivateDirectory.resource(DurableDirectory.class, "once.sh"), true));
        files.add(new PlannedFile(
                PrivateDirectory.STOP, PrivateDirectory.resource(DurableDirectory.class, "stop.sh"), true));
        site.layDownDurable(files);
    }

    /**
     * The command that runs the build.
     *
     * @param workspace where relative paths start
     */
    public String command(FilePath workspace) {
        // Without this first line the step sh would show every command.
        return "#!/bin/sh\nexec sh " + ShellWord.literal(directory.child(ONCE).getRemote()) + " "
                + ShellWord.literal(workspace.getRemote()) + "\n";
    }

    /** Makes the agent report the end of the build; if it cannot, the end is noticed later. */
    void noticeEnd(EndNotice.Listener listener) throws InterruptedException {
        try {
            directory.actAsync(new EndNotice(directory.getChannel().export(EndNotice.Listener.class, listener)));
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "The end of " + directory + " will not be reported", e);
        }
    }

    /**
     * Stops the build and waits until it has cleaned up. Returns false if it still runs.
     *
     * @param launcher starts processes where the build runs, possibly in a container
     */
    public boolean stop(Launcher launcher, TaskListener listener) throws IOException, InterruptedException {
        return launcher.launch()
                        .cmds("sh", directory.child(PrivateDirectory.STOP).getRemote())
                        .quiet(true)
                        .stdout(listener)
                        .join()
                == 0;
    }

    /** Stops the build without a launcher. This does not reach a build in a container. */
    public boolean abandon() throws IOException, InterruptedException {
        return directory.act(new PrivateDirectory.Abandon());
    }

    /** How the build ended. Its results come with that. */
    public Ending ending() throws IOException, InterruptedException {
        PrivateDirectory.Left left = directory.act(new PrivateDirectory.Leave());
        results = new ResultTexts(left.results());
        return left.ending();
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException {
        if (results == null) {
            results = in("");
        }
        return results.read(file);
    }

    /**
     * The results of one of several images.
     *
     * @param folder the image's; empty for the only one
     */
    public ResultTexts in(String folder) throws IOException, InterruptedException {
        return new ResultTexts(directory.act(new PrivateDirectory.Results(folder)));
    }

    /** The path of the directory. */
    public FilePath path() {
        return directory;
    }

    /** Removes the directory and all in it, unless the script may still run there; then it says false. */
    public boolean close() throws IOException, InterruptedException {
        return directory.act(new PrivateDirectory.Close());
    }

    /** Removes the directory and all in it, whatever runs there; does nothing if that is done. */
    public void remove() throws IOException, InterruptedException {
        directory.deleteRecursive();
    }
}
