package io.jenkins.plugins.cvmfs.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads the command line and the environment of every process of the machine, again and again, and keeps those with a
 * secret.
 */
final class ProcessSampler implements AutoCloseable {
    private final List<String> secrets;
    private final Set<String> found = new TreeSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> tests = new HashSet<>();
    private final String own = read(Path.of("/proc/self/cmdline"));
    private final Thread thread = new Thread(this::sample, "sample processes");
    private volatile boolean ended;

    /** @param secrets what nobody may see */
    ProcessSampler(List<String> secrets) {
        this.secrets = secrets;
        // The tests get the passwords of their registries by variables.
        for (ProcessHandle test = ProcessHandle.current();
                test != null;
                test = test.parent().orElse(null)) {
            tests.add(String.valueOf(test.pid()));
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void sample() {
        while (!ended) {
            try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
                for (Path process : processes) {
                    if (!tests.contains(process.getFileName().toString())) {
                        look(process);
                    }
                }
                Thread.sleep(1);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException("no more samples", e);
            }
        }
    }

    private void look(Path process) {
        String command = read(process.resolve("cmdline"));
        String environment = read(process.resolve("environ"));
        synchronized (this) {
            seen.add(command);
            if (secrets.stream().anyMatch(command::contains)) {
                found.add("command line: " + command);
            }
            // A child of the tests has their environment until it becomes another program.
            boolean tests = command.equals(own) || command.contains("jspawnhelper");
            if (!tests && secrets.stream().anyMatch(environment::contains)) {
                found.add("environment of: " + command);
            }
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace('\0', ' ');
        } catch (IOException e) {
            // The process has ended, or is another user's.
            return "";
        }
    }

    /** What had a secret. */
    synchronized Set<String> found() {
        return Set.copyOf(found);
    }

    /** Whether a command with these words was seen at all. */
    synchronized boolean saw(String words) {
        return seen.stream().anyMatch(command -> command.contains(words));
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
