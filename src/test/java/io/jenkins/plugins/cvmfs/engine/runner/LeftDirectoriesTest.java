package io.jenkins.plugins.cvmfs.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeftDirectoriesTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    private Path parent;

    /** A private directory in which nothing has happened for an hour. */
    private Path directory(String name, String owner, String pid) throws IOException {
        Path directory = Files.createDirectory(
                parent.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectory(directory.resolve("docker"));
        Files.writeString(directory.resolve("docker/config.json"), "{}");
        Files.writeString(directory.resolve("build.sh"), "sleep 60 & wait\n");
        if (owner != null) {
            Files.writeString(directory.resolve("owner"), owner);
        }
        if (pid != null) {
            Files.writeString(directory.resolve("pid"), pid + "\n");
        }
        return age(directory);
    }

    private static Path age(Path directory) throws IOException {
        List<String> touch = new ArrayList<>(List.of("touch", "-h", "-d", "1 hour ago"));
        try (var files = Files.list(directory)) {
            files.map(Path::toString).forEach(touch::add);
        }
        touch.add(directory.toString());
        try {
            assertThat(new ProcessBuilder(touch).inheritIO().start().waitFor()).isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return directory;
    }

    private void remove() throws IOException {
        new LeftDirectories(parent, "run-2", PATIENCE).remove();
    }

    @Test
    void removesWhatAKilledBuildLeft() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("contexts"));
        Files.writeString(elsewhere.resolve("kept"), "");
        Path killed = directory("cvmfs-derived-image-0a", "run-1", "999999999");
        Files.createSymbolicLink(killed.resolve("docker/contexts"), elsewhere);
        age(killed);
        Path early = directory("cvmfs-derived-image-0b", null, null);
        Path broken = directory("cvmfs-derived-image-0c", "", "no number");

        remove();

        assertThat(killed).doesNotExist();
        assertThat(early).doesNotExist();
        assertThat(broken).doesNotExist();
        assertThat(elsewhere.resolve("kept")).exists();
    }

    @Test
    void leavesWhatARunningBuildUses() throws Exception {
        Path running = directory("cvmfs-derived-image-0a", "run-1", null);
        Process process = new ProcessBuilder("sh", running.resolve("build.sh").toString()).start();
        try {
            Files.writeString(running.resolve("pid"), process.pid() + "\n");
            age(running);
            remove();
            assertThat(running.resolve("docker/config.json")).exists();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            process.waitFor();
        }
        remove();
        assertThat(running).doesNotExist();
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTheBuild() throws IOException {
        Path left = directory(
                "cvmfs-derived-image-0a",
                "run-1",
                String.valueOf(ProcessHandle.current().pid()));
        remove();
        assertThat(left).doesNotExist();
    }

    @Test
    void aZombieIsNotTheBuild() throws Exception {
        Path left = directory("cvmfs-derived-image-0a", "run-1", null);
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.2 & echo $!; exec sleep 60").start();
        try {
            String zombie = parent.inputReader().readLine();
            while (!Files.readString(Path.of("/proc", zombie, "stat")).contains(") Z ")) {
                Thread.sleep(5);
            }
            Files.writeString(left.resolve("pid"), zombie);
            age(left);
            remove();
            assertThat(left).doesNotExist();
        } finally {
            parent.destroy();
        }
    }

    @Test
    void leavesWhatSomebodyMayStillRead() throws IOException {
        Path own = directory("cvmfs-derived-image-0a", "run-2", null);
        Path fresh = directory("cvmfs-derived-image-0b", "run-1", null);
        Files.writeString(fresh.resolve("iid"), "");

        remove();

        assertThat(own).exists();
        assertThat(fresh).exists();
    }

    /** What it has is at hand for the logins alone: they should not be there longer than they must. */
    @Test
    void removesAtOnceWhatNobodyReadsAnyMore() throws Exception {
        Path directory = directory("cvmfs-derived-image-0a", "", null);
        LeftDirectories.noteReader(directory);
        remove();
        assertThat(directory).as("its reader runs").exists();

        String own = Files.readString(directory.resolve("reader"));
        for (String unknown :
                new String[] {"", "a", own.replaceFirst("\\S+", "another-boot"), own.replaceFirst("pid:\\[", "pid:[9")
                }) {
            Files.writeString(directory.resolve("reader"), unknown);
            remove();
            assertThat(directory).as("whether its reader runs is not known").exists();
        }
        Files.writeString(directory.resolve("reader"), own.strip() + "1\n");
        remove();
        assertThat(directory).as("its reader's number is another's").doesNotExist();
    }

    @Test
    void keepsWhatBelongsToOthers() throws IOException {
        Path named = directory("cvmfs-derived-image-tests", "run-1", null);
        Path open = directory("cvmfs-derived-image-0a", "run-1", null);
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path link = Files.createSymbolicLink(parent.resolve("cvmfs-derived-image-0b"), named);

        remove();

        assertThat(named.resolve("build.sh")).exists();
        assertThat(open).exists();
        assertThat(link).isSymbolicLink();
    }

    /** As root nothing but the owner tells them from our own. */
    @Test
    void leavesWhatAnotherUserOwnsAlsoAsRoot() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can give a directory away");
        Path others = directory("cvmfs-derived-image-123456", "", null);
        Files.writeString(others.resolve("reader"), "a-boot pid:[1] 1 1\n");
        age(others);
        Files.setAttribute(others, "unix:uid", 65534);

        assertThat(new LeftDirectories(parent, "", PATIENCE).left()).isEmpty();
        new LeftDirectories(parent, "", PATIENCE).remove();
        assertThat(others.resolve("build.sh")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "reader", "pid"})
    void aFifoBlocksNobody(String file) throws Exception {
        Path left = directory("cvmfs-derived-image-0a", null, null);
        assertThat(new ProcessBuilder("mkfifo", left.resolve(file).toString())
                        .start()
                        .waitFor())
                .isZero();
        age(left);

        assertTimeoutPreemptively(Duration.ofSeconds(20), this::remove);
        assertThat(left).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "99999999999999999999", "+1", "1x"})
    void aPidIsOnlyDigits(String pid) throws IOException {
        Path left = directory("cvmfs-derived-image-0a", "run-1", pid);

        remove();
        assertThat(left).doesNotExist();
    }

    @Test
    void whatALinkNamesIsNotRead() throws IOException {
        Path left = directory("cvmfs-derived-image-0a", null, null);
        Files.writeString(parent.resolve("mine"), "run-2");
        Files.createSymbolicLink(left.resolve("owner"), parent.resolve("mine"));
        age(left);

        remove();
        assertThat(left).doesNotExist();
    }
}
