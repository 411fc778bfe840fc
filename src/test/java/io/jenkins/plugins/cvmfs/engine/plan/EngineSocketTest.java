package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What was loaded is asked of the engine by its socket, and by a docker command where that cannot be. */
@ParameterizedClass
@MethodSource("shells")
class EngineSocketTest {
    private static final String ID = "sha256:1f";

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    private StubMachine machine;
    private ServerSocketChannel engine;
    private Path socket;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare() throws Exception {
        machine = new StubMachine(root, shell);
        machine.docker("for word; do case $word in --iidfile=*) printf '%s' " + ID + " >\"${word#*=}\" ;; esac; done");
        // The path of a socket is short.
        socket = Files.createTempDirectory("engine").resolve("socket");
        engine = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        machine.with("DOCKER_HOST", "unix://" + socket);
        curl("echo '{\"Id\":\"by its socket\"}'");
    }

    @AfterEach
    void end() throws Exception {
        engine.close();
        Files.delete(socket);
        Files.delete(socket.getParent());
    }

    private void curl(String behaviour) throws Exception {
        machine.stub("curl", "printf '%s\\n' \"$@\" >>\"$stub/asked\"\n" + behaviour);
    }

    private List<String> run() throws Exception {
        assertThat(machine.run(BuildPlan.of(
                                Specs.valid(Specs.dockerfile()
                                        .builderDriver("docker")
                                        .insecure(false)
                                        .load(true)),
                                "id"))
                        .exitCode())
                .isZero();
        return machine.called();
    }

    @Test
    void theEngineOfThisMachineIsAskedByItsSocket() throws Exception {
        assertThat(run()).containsExactly("buildx build");
        assertThat(machine.left(ResultFile.IMAGE)).isEqualTo("{\"Id\":\"by its socket\"}\n");
        assertThat(machine.note("asked").lines())
                .startsWith("-q")
                .contains(socket.toString(), "http://docker/images/" + ID + "/json");
    }

    @Test
    void whatItDoesNotAnswerDockerIsAsked() throws Exception {
        curl("echo '{\"Id\":'; exit 22");

        assertThat(run()).containsExactly("buildx build", "image inspect");
        assertThat(machine.left(ResultFile.IMAGE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DOCKER_HOST, tcp://engine.example.org:2376",
        "DOCKER_HOST, ssh://engine.example.org",
        "DOCKER_HOST, unix:///nowhere"
    })
    void anEngineElsewhereIsAskedByDocker(String variable, String value) throws Exception {
        machine.with(variable, value);

        assertThat(run()).containsExactly("buildx build", "image inspect");
        assertThat(machine.has("asked")).isFalse();
    }

    @Test
    void whatIsNoImageIdIsNotAskedFor() throws Exception {
        machine.docker("for word; do case $word in --iidfile=*) echo ../info >\"${word#*=}\" ;; esac; done");

        assertThat(run()).containsExactly("buildx build", "image inspect");
        assertThat(machine.has("asked")).isFalse();
    }
}
