package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.login.DockerConfig;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.LeftDirectories;
import io.jenkins.plugins.cvmfs.engine.runner.Outcome;
import io.jenkins.plugins.cvmfs.engine.runner.OutputTail;
import io.jenkins.plugins.cvmfs.engine.runner.PrivateFiles;
import io.jenkins.plugins.cvmfs.engine.runner.ResultTexts;
import io.jenkins.plugins.cvmfs.engine.runner.SecretMask;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** This machine, with a private directory in the temporary directory and the current directory as the workspace. */
final class LocalSite implements Site {
    /** Longer than the script needs to clean up. */
    private static final int CLEAN_UP_SECONDS = 30;

    /** Longer than results may stay unread. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Path directory;
    private final OutputStream output;
    private final boolean terminal;
    private final Thread stop = new Thread(this::stop, "stop the build");
    private final Map<String, String> environment = new HashMap<>();
    private SecretMask mask = new SecretMask(List.of());
    private ResultTexts results;
    private volatile Process process;
    private volatile boolean stopped;
    private CompletableFuture<Void> ended;
    private long started;

    /**
     * @param output where the build's output goes
     * @param terminal whether the build writes to this process's own terminal instead, so that it can draw there
     */
    LocalSite(OutputStream output, boolean terminal) throws IOException {
        this.output = output;
        this.terminal = terminal;
        leftDirectories().remove();
        this.directory = Files.createTempDirectory(
                TemporaryFiles.directory(),
                LeftDirectories.PREFIX,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Runtime.getRuntime().addShutdownHook(stop);
        LeftDirectories.noteReader(directory);
    }

    /** Private directories left by killed builds of the command line. */
    static LeftDirectories leftDirectories() {
        return new LeftDirectories(TemporaryFiles.directory(), "", PATIENCE);
    }

    /** Uses the logins of a file instead of the user's, and hides them in the output. */
    void login(AuthFile file) throws IOException {
        environment.putAll(new DockerConfig(System.getenv()).write(directory.resolve("docker"), file));
        mask = new SecretMask(file.hidden());
    }

    /** What is hidden in the output. */
    SecretMask secrets() {
        return mask;
    }

    @Override
    public void layDown(List<PlannedFile> files) throws IOException {
        PrivateFiles.layDown(directory, files);
    }

    @Override
    public void start() throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder("sh", directory.resolve(BuildPlan.SCRIPT).toString());
        builder.environment().putAll(environment);
        if (terminal) {
            builder.inheritIO();
        } else {
            builder.redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        }
        started = System.nanoTime();
        process = builder.start();
        // If the script is killed, docker keeps the output open.
        ended = process.onExit().thenAccept(this::endLeft);
    }

    private void endLeft(Process script) {
        int exitCode = script.exitValue();
        if (stopped || !Outcome.signalled(exitCode)) {
            return;
        }
        try {
            new ProcessBuilder(ShellLibrary.endLeft(directory.toString(), exitCode))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            System.err.println("Processes of the build may still run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Outcome collect() throws IOException, InterruptedException {
        OutputStream masked = mask.on(output);
        OutputTail tail = new OutputTail(masked);
        if (!terminal) {
            process.getInputStream().transferTo(tail);
            SecretMask.end(masked);
        }
        int exitCode = process.waitFor();
        ended.join();
        if (stopped) {
            // Whoever stopped it knows; its results are just being removed, so what could be told of them would be
            // wrong.
            new CountDownLatch(1).await();
        }
        return new Outcome(exitCode, mask.apply(tail.text()), Duration.ofNanos(System.nanoTime() - started));
    }

    private void stop() {
        stopped = true;
        try {
            if (process != null) {
                // Destroying the process object would close the output of the clean-up as well.
                process.toHandle().destroy();
            }
            if (process != null && !process.waitFor(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            delete();
        } catch (IOException e) {
            System.err.println("Left behind: " + directory + " (" + e.getMessage() + "); remove it by hand.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void unhook() {
        try {
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IllegalStateException e) {
            // The machine is shutting down: the hook does its work.
        }
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, UnreadableResultException {
        if (results == null) {
            results = in("");
        }
        return results.read(file);
    }

    @Override
    public ResultTexts in(String folder) throws IOException {
        return new ResultTexts(ResultTexts.read(directory, folder));
    }

    @Override
    public UnaryOperator<String> naming() {
        return OptionTable::onCommandLine;
    }

    @Override
    public void close() throws IOException {
        delete();
        unhook();
    }

    /** Only one thread at a time: if the process is stopped while a build ends, two call this. */
    private synchronized void delete() throws IOException {
        PrivateFiles.delete(directory);
    }
}
