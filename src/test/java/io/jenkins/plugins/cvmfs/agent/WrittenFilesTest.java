package io.jenkins.plugins.cvmfs.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an image was exported to: whatever is in there, nothing else of the agent goes to the controller. */
class WrittenFilesTest {
    @TempDir
    private Path root;

    private Path workspace;

    @BeforeEach
    void files() throws IOException {
        workspace = Files.createDirectories(root.resolve("workspace"));
        Files.createDirectories(workspace.resolve("out/sub"));
        Files.writeString(workspace.resolve("out/sub/file"), "12345");
        Files.writeString(workspace.resolve("a b.tar"), "123");
        Files.createDirectories(root.resolve("elsewhere"));
        Files.writeString(root.resolve("elsewhere/secret"), "secret");
        Files.createSymbolicLink(workspace.resolve("out/link"), root.resolve("elsewhere/secret"));
        Files.createSymbolicLink(workspace.resolve("out/directory"), root.resolve("elsewhere"));
        Files.createSymbolicLink(workspace.resolve("through"), Path.of("out"));
        Files.createSymbolicLink(workspace.resolve("away"), Path.of("../elsewhere"));
    }

    private List<String> found(long largest, String... paths) throws IOException {
        return new WrittenFiles.Find(new ArrayList<>(List.of(paths)), largest).invoke(workspace.toFile(), null);
    }

    @Test
    void regularFilesAloneAndEachOnce() throws IOException {
        assertThat(found(8, "out", "./out/sub", "a b.tar", "none")).containsExactly("a b.tar", "out/sub/file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../elsewhere", "out/../../elsewhere/secret", "/etc/passwd"})
    void nothingOutside(String path) {
        assertThatThrownBy(() -> found(1000, path)).hasMessageContaining("is outside the workspace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"away", "away/secret", "through", "through/sub/file", "out/link", "out/directory/secret"})
    void nothingThroughALink(String path) {
        assertThatThrownBy(() -> found(1000, path)).hasMessageContaining("leads through a link");
    }

    @Test
    void theyEnd() throws IOException {
        assertThatThrownBy(() -> found(7, "out", "a b.tar")).hasMessageContaining("larger than");
        for (int i = 0; i < 1001; i++) {
            Files.createFile(workspace.resolve("out/" + i));
        }
        assertThatThrownBy(() -> found(1000, "out")).hasMessageContaining("more than 1000 files");
    }

    @Test
    void anInvalidNameIsReportedButNotShown() throws IOException {
        Files.createFile(workspace.resolve("out/a\nb"));
        assertThatThrownBy(() -> found(1000, "out")).hasMessage("a file has a control character in its name");
    }

    @Test
    void aPipeIsNoFile() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", workspace.resolve("out/pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(found(1000, "out")).containsExactly("out/sub/file");
    }
}
