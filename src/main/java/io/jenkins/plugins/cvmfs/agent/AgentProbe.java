package io.jenkins.plugins.cvmfs.agent;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.Proc;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Probe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Runs commands on an agent in the environment of a build, and returns their answers. */
@Restricted(NoExternalUse.class)
public final class AgentProbe implements Probe {
    private static final int NOT_FOUND = 127;
    private static final int TOO_LATE = 124;
    private static final int SECONDS = 30;
    private static final int MOST = 64 * 1024;

    private final FilePath workspace;
    private final Launcher launcher;
    private final EnvVars env;
    private final TaskListener listener;

    /** @param workspace an existing directory */
    public AgentProbe(FilePath workspace, Launcher launcher, EnvVars env, TaskListener listener) {
        this.workspace = workspace;
        this.launcher = launcher;
        this.env = env;
        this.listener = listener;
    }

    @Override
    public Answer run(String input, String... command) {
        try (Bounded output = new Bounded()) {
            Proc process = launcher.launch()
                    .cmds(command)
                    .envs(env)
                    .pwd(workspace)
                    .stdin(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)))
                    .stdout(output)
                    .quiet(true)
                    .start();
            int code = process.joinWithTimeout(SECONDS, TimeUnit.SECONDS, listener);
            return new Answer(code < 0 ? TOO_LATE : code, output.text());
        } catch (IOException e) {
            return new Answer(NOT_FOUND, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(TOO_LATE, "interrupted");
        }
    }

    /** Keeps only the beginning of what an agent sends. */
    private static final class Bounded extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int octet) {
            if (count < MOST) {
                super.write(octet);
            }
        }

        @Override
        public synchronized void write(byte[] octets, int from, int length) {
            super.write(octets, from, Math.min(length, MOST - count));
        }

        String text() {
            return toString(StandardCharsets.UTF_8);
        }
    }
}
