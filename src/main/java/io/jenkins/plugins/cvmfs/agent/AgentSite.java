package io.jenkins.plugins.cvmfs.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.model.TaskListener;
import hudson.slaves.WorkspaceList;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.LeftDirectories;
import io.jenkins.plugins.cvmfs.engine.runner.Outcome;
import io.jenkins.plugins.cvmfs.engine.runner.OutputTail;
import io.jenkins.plugins.cvmfs.engine.runner.ResultTexts;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** An agent's workspace, with a private directory in the workspace's temporary directory. */
@Restricted(NoExternalUse.class)
public final class AgentSite implements Site {
    /** Longer than the script needs to clean up. */
    private static final int CLEAN_UP_SECONDS = 30;

    private final FilePath workspace;
    private final FilePath directory;
    private final Launcher launcher;
    private final EnvVars env;
    private final TaskListener listener;
    private final Belongings belongings;
    private final EnvVars ours = new EnvVars();
    private ResultTexts results;
    private OutputTail tail;
    private Proc process;
    private long started;

    /**
     * @param directory the private directory, of {@link #directory(FilePath, String)}
     * @param workspace where relative paths start
     * @param launcher starts processes there
     * @param env the environment of the step
     * @param listener gets the output
     * @param belongings what is written besides the plan's files
     */
    public AgentSite(
            FilePath directory,
            FilePath workspace,
            Launcher launcher,
            EnvVars env,
            TaskListener listener,
            Belongings belongings) {
        this.directory = directory;
        this.workspace = workspace;
        this.launcher = launcher;
        this.env = env;
        this.listener = listener;
        this.belongings = belongings;
    }

    /**
     * The private directory of a build, which exists from {@link #layDown} to {@link #close}.
     *
     * @param workspace beside which it is
     * @param id the build's id
     */
    public static FilePath directory(FilePath workspace, String id) throws IOException {
        FilePath temporary = WorkspaceList.tempDir(workspace);
        if (temporary == null) {
            throw new IOException("The workspace " + workspace.getRemote()
                    + " is the root of a file system; give the job another one");
        }
        return temporary.child(LeftDirectories.PREFIX + id);
    }

    @Override
    public void layDown(List<PlannedFile> files) throws IOException, InterruptedException {
        fill(files, false);
    }

    /** Lays down a build that Jenkins may lose sight of, in the place of what was laid down of it before. */
    public void layDownDurable(List<PlannedFile> files) throws IOException, InterruptedException {
        fill(files, true);
    }

    private void fill(List<PlannedFile> files, boolean durable) throws IOException, InterruptedException {
        ours.putAll(directory.act(new PrivateDirectory.Fill(
                new ArrayList<>(files),
                new HashMap<>(belongings.secrets()),
                new HashMap<>(belongings.auths()),
                new HashMap<>(env),
                belongings.dockerConfig(),
                belongings.dockerHome(),
                durable)));
    }

    @Override
    public void start() throws IOException, InterruptedException {
        EnvVars all = new EnvVars(env);
        all.putAll(ours);
        tail = new OutputTail(listener.getLogger());
        started = System.nanoTime();
        process = launcher.launch()
                .cmds("sh", directory.child(BuildPlan.SCRIPT).getRemote())
                .envs(all)
                .pwd(workspace)
                .stdout(tail)
                .quiet(true)
                .start();
    }

    @Override
    public Outcome collect() throws IOException, InterruptedException {
        try {
            int exitCode = process.join();
            if (Outcome.signalled(exitCode)) {
                launcher.launch()
                        .cmds(ShellLibrary.endLeft(directory.getRemote(), exitCode)
                                .toArray(String[]::new))
                        .quiet(true)
                        .join();
            }
            return new Outcome(exitCode, tail.text(), Duration.ofNanos(System.nanoTime() - started));
        } catch (InterruptedException e) {
            try {
                stop();
            } catch (IOException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    // The script cleans up on TERM. Jenkins' own kill would end its children first, including those of the clean-up.
    private void stop() throws IOException, InterruptedException {
        listener.getLogger().println("Stopping the build; it removes what it created.");
        int told = launcher.launch()
                .cmds(
                        "sh",
                        "-c",
                        PrivateDirectory.resource(AgentSite.class, "terminate.sh"),
                        "sh",
                        directory.getRemote())
                .quiet(true)
                .stdout(listener)
                .join();
        if (told != 0 || process.joinWithTimeout(CLEAN_UP_SECONDS, TimeUnit.SECONDS, listener) < 0) {
            process.kill();
        }
    }

    @Override
    public UnaryOperator<String> naming() {
        return OptionTable::inPipeline;
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException {
        if (results == null) {
            results = in("");
        }
        return results.read(file);
    }

    @Override
    public ResultTexts in(String folder) throws IOException, InterruptedException {
        return new ResultTexts(directory.act(new PrivateDirectory.Results(folder)));
    }

    @Override
    public void close() throws IOException, InterruptedException {
        directory.deleteRecursive();
    }
}
