package io.jenkins.plugins.cvmfs.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EndNoticeTest {
    @TempDir
    private Path directory;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(directory.resolve(PrivateDirectory.FOLDER));
    }

    private CompletableFuture<Boolean> await() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return EndNotice.await(folder);
            } catch (IOException e) {
                // It was removed before the wait started.
                return false;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void anEndIsSeenWheneverItComes() throws Exception {
        CompletableFuture<Boolean> ended = await();
        Files.createFile(folder.resolve("output"));
        Files.move(Files.createFile(folder.resolve("exit.new")), folder.resolve("exit"));

        assertThat(ended.get(50, TimeUnit.SECONDS)).isTrue();
        assertThat(await().get(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theWaitEndsIfTheDirectoryIsRemoved() throws Exception {
        CompletableFuture<Boolean> ended = await();
        Files.delete(folder);

        assertThat(ended.get(50, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    void theControllerIsNotifiedAfterTheShellHasEnded() throws Exception {
        Path control = Files.createDirectory(directory.resolve("control"));
        Files.writeString(folder.resolve("log"), control.resolve("jenkins-log.txt") + "\n");
        Files.writeString(folder.resolve("exit"), "0\n");
        Files.writeString(control.resolve("jenkins-result.txt"), "0\n");
        CountDownLatch told = new CountDownLatch(1);

        new EndNotice(told::countDown).invoke(directory.toFile(), null);

        assertThat(told.await(50, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyTheFirstCallOfAnAgentCounts() {
        AtomicInteger calls = new AtomicInteger();
        EndNotice.Listener listener = EndNotice.Listener.once(calls::incrementAndGet);

        for (int i = 0; i < 1000; i++) {
            listener.ended();
        }

        assertThat(calls).hasValue(1);
    }
}
