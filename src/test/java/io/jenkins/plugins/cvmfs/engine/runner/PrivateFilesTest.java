package io.jenkins.plugins.cvmfs.engine.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateFilesTest {
    private static final int LIMIT = 64 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path temporary;

    private Path directory;

    @BeforeEach
    void make() throws Exception {
        directory =
                Files.createDirectories(temporary.resolve("private/results")).getParent();
        Files.writeString(temporary.resolve("secret"), "secret");
        Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(temporary.resolve("elsewhere/file"), "secret");
        Path results = directory.resolve("results");
        Files.writeString(results.resolve("file"), "é\n");
        Files.writeString(results.resolve("full"), "x".repeat(LIMIT));
        Files.writeString(results.resolve("over"), "x".repeat(LIMIT + 1));
        Files.createSymbolicLink(results.resolve("link"), temporary.resolve("secret"));
        Files.createSymbolicLink(results.resolve("broken"), temporary.resolve("nothing"));
        Files.createSymbolicLink(results.resolve("zero"), Path.of("/dev/zero"));
        Files.createSymbolicLink(directory.resolve("way"), temporary.resolve("elsewhere"));
        Files.createDirectory(results.resolve("directory"));
        assertThat(new ProcessBuilder("mkfifo", results.resolve("fifo").toString())
                        .start()
                        .waitFor())
                .isZero();
        try (RandomAccessFile huge =
                new RandomAccessFile(results.resolve("huge").toFile(), "rw")) {
            huge.setLength(100L * 1024 * 1024);
        }
    }

    @AfterEach
    void removeTheLinkThatLeadsFarAway() throws IOException {
        Files.deleteIfExists(directory.resolve("results/zero"));
    }

    private FileContent read(String path) {
        return assertTimeoutPreemptively(PATIENCE, () -> PrivateFiles.read(directory, path, LIMIT));
    }

    @Test
    void readsARegularFileUpToTheLimit() {
        assertThat(read("results/file")).isEqualTo(new FileContent("é\n", null));
        assertThat(read("results/full").readable()).contains("x".repeat(LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "results/nothing", "nothing/file"})
    void aMissingFileIsEmpty(String path) {
        assertThat(read(path)).isEqualTo(FileContent.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "results",
                "results/link",
                "results/broken",
                "results/zero",
                "results/directory",
                "results/fifo",
                "results/file/file",
                "way/file"
            })
    void anythingButARegularFileIsRefused(String path) {
        FileContent content = read(path);

        assertThat(content.readable()).isEmpty();
        assertThat(content.text()).isNull();
        assertThat(content.problem()).startsWith("it is not a regular file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"results/over", "results/huge"})
    void largeFilesAreRefused(String path) {
        assertThat(read(path)).isEqualTo(new FileContent(null, "it is larger than 64 KiB"));
    }

    @Test
    void aDirectoryThatIsALinkIsNotRead() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("elsewhere"));

        assertThat(PrivateFiles.read(link, "file", LIMIT).text()).isNull();
    }

    @Test
    void removesAllBelowAndFollowsNoLink() throws IOException {
        PrivateFiles.delete(directory);

        assertThat(directory).doesNotExist();
        assertThat(temporary.resolve("secret")).exists();
        assertThat(temporary.resolve("elsewhere/file")).exists();
        PrivateFiles.delete(directory);
    }

    @Test
    void aLinkToADirectoryIsNotFollowedOnRemoval() throws IOException {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), temporary.resolve("elsewhere"));

        assertThatThrownBy(() -> PrivateFiles.delete(link)).isInstanceOf(IOException.class);
        assertThat(temporary.resolve("elsewhere/file")).exists();
    }

    @Test
    void filesOfAnotherUserAreNotRemoved() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "skipped: only root can give a directory away");
        Files.setAttribute(directory, "unix:uid", 65534);

        assertThatThrownBy(() -> PrivateFiles.delete(directory)).hasMessageContaining("owned by another user");
        assertThat(directory.resolve("results/file")).exists();
    }
}
