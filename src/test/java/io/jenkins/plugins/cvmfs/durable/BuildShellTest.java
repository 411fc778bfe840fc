package io.jenkins.plugins.cvmfs.durable;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.TaskListener;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jenkinsci.plugins.durabletask.Controller;
import org.junit.jupiter.api.Test;

/** Looks at a script, of which two may want to be at the same time. */
class BuildShellTest {
    private final List<String> done = new ArrayList<>();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private Integer exitCode;

    private final Controller looks = new BuildShell.Looks(new Controller() {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean writeLog(FilePath workspace, OutputStream log) throws InterruptedException {
            done.add("read");
            reading.countDown();
            read.await();
            done.add("has read");
            return true;
        }

        @Override
        public Integer exitStatus(FilePath workspace, Launcher launcher, TaskListener listener) {
            done.add("exit code");
            return exitCode;
        }

        @Override
        public void cleanup(FilePath workspace) {
            done.add("remove");
        }
    });

    @Test
    void theOutputIsReadByOneAtATime() throws Exception {
        Thread first = reader();
        reading.await();
        Thread second = reader();
        while (second.getState() != Thread.State.BLOCKED) {
            Thread.onSpinWait();
        }
        assertThat(done).containsExactly("read");

        read.countDown();
        first.join();
        second.join();
        assertThat(done).containsExactly("read", "has read", "read", "has read");
    }

    private Thread reader() {
        Thread thread = new Thread(() -> {
            try {
                looks.writeLog(null, null);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        thread.start();
        return thread;
    }

    @Test
    void whoComesLaterGetsTheExitCodeThatWasSeen() throws Exception {
        assertThat(looks.exitStatus(null, null, null)).isNull();
        exitCode = 7;
        assertThat(looks.exitStatus(null, null, null)).isEqualTo(7);
        looks.cleanup(null);
        looks.cleanup(null);

        assertThat(looks.exitStatus(null, null, null)).isEqualTo(7);
        assertThat(looks.writeLog(null, null)).isFalse();
        assertThat(done).containsExactly("exit code", "exit code", "remove");
    }
}
