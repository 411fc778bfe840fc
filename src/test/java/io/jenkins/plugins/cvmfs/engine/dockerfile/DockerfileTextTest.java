package io.jenkins.plugins.cvmfs.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfileTextTest {
    /** The text by the path; an empty one cannot be read, and what begins with {@code >} is outside. */
    private final Map<String, String> there = new HashMap<>();

    @Test
    void aDockerfileComesWithTheIgnoreFileOfItsName() throws Exception {
        there.put("docker/My.file", "FROM a");
        there.put("docker/My.file.dockerignore", "*.o");
        there.put("Dockerfile.dockerignore", "another's");
        assertThat(read(Specs.dockerfile().dockerfile("docker/My.file")))
                .contains(new DockerfileText("FROM a", Optional.of("*.o")));

        there.remove("docker/My.file.dockerignore");
        assertThat(read(Specs.dockerfile().dockerfile("docker/My.file"))).contains(DockerfileText.of("FROM a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ">"})
    void anIgnoreFileThatCannotBeReadIsAnError(String what) {
        there.put("./Dockerfile", "FROM a");
        there.put("./Dockerfile.dockerignore", what);
        assertThatThrownBy(() -> read(Specs.dockerfile()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("'./Dockerfile.dockerignore': expected a readable text file of at most 1 MiB");
    }

    @Test
    void aDockerfileThatCannotBeReadIsAnError() {
        assertThatThrownBy(() -> read(Specs.dockerfile()))
                .isInstanceOf(InvalidSpecException.class)
                .hasMessageContaining("'./Dockerfile': expected a readable text file of at most 1 MiB");
    }

    @Test
    void aContextFromElsewhereAndASetupScriptHaveNone() throws Exception {
        assertThat(read(Specs.dockerfile().context("https://example.org/a.git")))
                .isEmpty();
        assertThat(read(Specs.setup())).isEmpty();
    }

    private Optional<DockerfileText> read(ImageSpecBuilder options) throws InvalidSpecException {
        WorkspaceFiles files = new WorkspaceFiles() {
            @Override
            public boolean isFile(String path) {
                return there.containsKey(path) && !isOutside(path);
            }

            @Override
            public boolean isDirectory(String path) {
                return false;
            }

            @Override
            public boolean isOutside(String path) {
                return there.getOrDefault(path, "").equals(">");
            }
        };
        return DockerfileText.read(
                Specs.valid(options),
                files,
                path -> Optional.ofNullable(there.get(path)).filter(text -> text.length() > 1));
    }
}
