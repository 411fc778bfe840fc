package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/**
 * A command that has ended.
 *
 * @param command its words
 * @param exitCode its exit code
 * @param out what it wrote
 * @param err the errors it wrote
 */
record Ran(String command, int exitCode, String out, String err) {
    static Ran of(ProcessBuilder builder) throws IOException, InterruptedException {
        return end(builder, builder.start());
    }

    static Ran end(ProcessBuilder builder, Process process) throws IOException, InterruptedException {
        CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        String out = text(process.getInputStream());
        return new Ran(String.join(" ", builder.command()), process.waitFor(), out, err.join());
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean ok() {
        return exitCode == 0;
    }

    /** The output of a command that must succeed, without the white space around it. */
    String answer() {
        assertThat(exitCode).as("exit code of %s%n%s%s", command, out, err).isZero();
        return out.strip();
    }
}
