package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Probe;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs commands on this machine and returns their answers. */
final class LocalProbe implements Probe {
    private static final int NOT_FOUND = 127;
    private static final int TOO_LATE = 124;
    private static final int SECONDS = 30;
    private static final int MOST = 1024 * 1024;

    @Override
    public Answer run(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            Thread watch = new Thread(() -> endLate(process), "watch " + command[0]);
            watch.setDaemon(true);
            watch.start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // The command did not read its input; its answer tells why.
            }
            String output = new String(process.getInputStream().readNBytes(MOST), StandardCharsets.UTF_8);
            return new Answer(process.waitFor(), output);
        } catch (IOException e) {
            return new Answer(NOT_FOUND, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(TOO_LATE, "interrupted");
        }
    }

    private static void endLate(Process process) {
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
