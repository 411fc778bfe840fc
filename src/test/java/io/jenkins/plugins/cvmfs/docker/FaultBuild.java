package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A build of the command line to which something happens. */
final class FaultBuild implements AutoCloseable {
    /** Longer than anything takes that ends at all. */
    static final int PATIENCE_SECONDS = 90;

    private static final Pattern FINDING = Pattern.compile(
            "(?:Starting|Running|Fetching|Creating|Building|Committing|Pushing|Collecting|The|A RUN) .*failed with exit code \\d+\\.$"
                    + "|Mounting CVMFS .* failed\\.$|The image was built, but .*|A file could not be read or written: .*|The command failed: .*");

    private final String name;
    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final Thread reader = new Thread(this::read, "output of a build");

    /** @param name what is on the command line of everything that runs for this build, and of nothing else */
    FaultBuild(String name, ProcessBuilder builder) throws IOException {
        this.name = name;
        this.process = builder.redirectErrorStream(true).start();
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
            }
        } catch (IOException e) {
            output.append(e).append('\n');
        }
    }

    String name() {
        return name;
    }

    String output() {
        return output.toString();
    }

    /** Waits for words of the output. */
    FaultBuild await(String words) throws InterruptedException {
        return await("words in the output: " + words, () -> output().contains(words));
    }

    /** Waits until it performs the RUN or setup script. */
    FaultBuild awaitMiddle() throws InterruptedException {
        return await("in the middle of " + name);
    }

    /** A condition that may fail to be asked for. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    FaultBuild await(String what, Condition condition) throws InterruptedException {
        try {
            for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                    !condition.holds();
                    Thread.sleep(20)) {
                assertThat(System.nanoTime())
                        .as("%s; so far: %s", what, output())
                        .isLessThan(end);
                assertThat(process.isAlive())
                        .as("it runs until: %s; so far: %s", what, output())
                        .isTrue();
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(what, e);
        }
        return this;
    }

    /** Sends a signal to the command line. */
    void signal(String signal) throws IOException, InterruptedException {
        signal(signal, process.toHandle());
    }

    private static void signal(String signal, ProcessHandle to) throws IOException, InterruptedException {
        Ran.of(new ProcessBuilder("kill", "-s", signal, String.valueOf(to.pid())))
                .answer();
    }

    /** Sends a signal to the script. */
    void signalScript(String signal) throws IOException, InterruptedException {
        signal(signal, find("the script", words -> words.endsWith("/build.sh")));
    }

    /** Sends a signal to docker's command. */
    void signalDocker(String signal) throws IOException, InterruptedException {
        signal(
                signal,
                find(
                        "docker",
                        words -> Path.of(words.substring(0, words.indexOf(' '))).endsWith("docker")));
    }

    /** Sends a signal to buildx, which is a process of its own. */
    void signalBuildx(String signal) throws IOException, InterruptedException {
        signal(
                signal,
                find(
                        "buildx",
                        words -> Path.of(words.substring(0, words.indexOf(' '))).endsWith("docker-buildx")));
    }

    private ProcessHandle find(String what, Predicate<String> words) {
        return process.descendants()
                .filter(child -> child.info().commandLine().filter(words).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError(what + " is not among "
                        + process.descendants()
                                .map(child -> child.info().commandLine())
                                .toList()));
    }

    /** Waits for its end. */
    int end() throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(ended).as("it ends; so far: %s", output()).isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        return process.exitValue();
    }

    /** The first line of what the command line tells at its end; empty if it tells nothing. */
    String told() {
        return output().lines()
                .map(FINDING::matcher)
                .filter(Matcher::find)
                .findFirst()
                .map(Matcher::group)
                .orElse("");
    }

    /** Why, as the command line tells it. */
    String why() {
        return output().lines()
                .filter(line -> line.startsWith("  Why: "))
                .findFirst()
                .map(line -> line.substring("  Why: ".length()))
                .orElse("");
    }

    /** How it ended, for the table. */
    String outcome() throws InterruptedException {
        String told = told();
        return "exit code " + end()
                + (told.isEmpty()
                        ? ""
                        : ": *" + told + "*"
                                + (why().isEmpty() || why().startsWith("The reason is in the output above")
                                        ? ""
                                        : " " + why()));
    }

    /** Ends what a failed test would leave running. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
