package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a single buildkitd that runs elsewhere answers, with stand-ins for docker and curl. */
@ParameterizedClass
@MethodSource("shells")
class OneBuildkitdTest {
    private static final String ENDPOINT = "tcp://builds.example.org:1234";

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare() throws Exception {
        machine = new StubMachine(root, shell).with("CVMFS_DERIVED_IMAGE_WAITS", "0 0");
    }

    private static ImageSpecBuilder remote() {
        return Specs.dockerfile()
                .builderDriver("remote")
                .builderEndpoint(ENDPOINT)
                .push(true);
    }

    private StubMachine.Ended run(ImageSpecBuilder options) throws Exception {
        return machine.run(BuildPlan.of(Specs.valid(options), "id"));
    }

    /** Curl that notes each call and fails, until it was called a number of times. */
    private void curl(int exitCode, int times) throws Exception {
        machine.stub(
                "curl",
                "echo \"$*\" >>\"$stub/asked\"\n[ \"$(wc -l <\"$stub/asked\")\" -gt " + times + " ] || {\n"
                        + "echo 'curl: (" + exitCode + ") the cause' >&2; exit " + exitCode + "; }");
    }

    private long asked() throws Exception {
        return machine.note("asked").lines().count();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatAnswersBuilds(boolean keep) throws Exception {
        curl(7, 0);
        StubMachine.Ended ended = run(remote().builderKeep(keep));

        assertThat(ended).isEqualTo(new StubMachine.Ended(0, ""));
        assertThat(machine.called()).startsWith("buildx create", "buildx build");
        assertThat(machine.note("asked").strip())
                .isEqualTo("-q --silent --show-error --output /dev/null --noproxy * --connect-timeout 3 --max-time 5"
                        + " --connect-to ::builds.example.org:1234 http://builds.example.org:1234");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thatIsAwayEndsTheBuildBeforeDockerIsCalled(boolean keep) throws Exception {
        curl(7, 1000);
        StubMachine.Ended ended = run(remote().builderKeep(keep));

        assertThat(ended)
                .isEqualTo(new StubMachine.Ended(
                        1, "ERROR: the buildkitd at " + ENDPOINT + " cannot be reached: the cause.\n"));
        assertThat(asked()).isEqualTo(3);
        assertThat(machine.called()).isEmpty();
        assertThat(machine.left(ResultFile.PHASE)).isEqualTo("builder\n");
    }

    /** In a pod, it starts together with the agent. */
    @Test
    void thatStartsIsWaitedFor() throws Exception {
        curl(7, 2);
        assertThat(run(remote())).isEqualTo(new StubMachine.Ended(0, ""));
        assertThat(asked()).isEqualTo(3);
    }

    /** What will not be better in a moment is not waited for. */
    @ParameterizedTest
    @CsvSource({"28", "35", "60"})
    void thatDoesNotSuitIsAskedOnce(int exitCode) throws Exception {
        curl(exitCode, 1000);
        StubMachine.Ended ended = run(remote().builderDriverOpts(Map.of("cacert", "/c/ca.pem", "servername", "b.org")));

        assertThat(ended.output()).contains(ENDPOINT + " cannot be reached: the cause.");
        assertThat(asked()).isEqualTo(1);
        assertThat(machine.note("asked")).contains(" https://b.org:1234 --cacert /c/ca.pem");
    }

    /** One without TLS closes the connection of curl's HTTP as well, but not if it is greeted as it expects. */
    @ParameterizedTest
    @CsvSource({"0, true", "2, true", "4, true", "18, false", "52, false", "56, false"})
    void thatMayUseTls(int greeted, boolean answers) throws Exception {
        machine.stub("curl", "case $* in *--http2-prior-knowledge*) exit " + greeted + " ;; esac\nexit 52");
        StubMachine.Ended ended = run(remote());

        assertThat(ended.exitCode()).isEqualTo(answers ? 0 : 1);
        assertThat(ended.output())
                .isEqualTo(
                        answers
                                ? ""
                                : "ERROR: the buildkitd at " + ENDPOINT + " cannot be reached: it closes a connection"
                                        + " without TLS, so it may need certificates.\n");
    }

    @Test
    void withoutCurlBuildxFindsOut() throws Exception {
        assertThat(run(remote())).isEqualTo(new StubMachine.Ended(0, ""));
    }

    /** Other nodes may build what is asked for. */
    @Test
    void withFurtherNodesBuildxFindsOut() throws Exception {
        curl(7, 1000);
        assertThat(run(remote().builderNodes(List.of("endpoint=tcp://other:1"))).exitCode())
                .isZero();
        assertThat(Files.exists(machine.notes().resolve("asked"))).isFalse();
    }

    @Test
    void aSocketThatIsNotThereIsAway() throws Exception {
        Path socket = root.resolve("a*");
        ImageSpecBuilder options = remote().builderEndpoint("unix://" + socket);
        assertThat(run(options))
                .isEqualTo(new StubMachine.Ended(
                        1,
                        "ERROR: the buildkitd at unix://" + socket + " cannot be reached: there is no such socket.\n"));

        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertThat(run(options).exitCode()).isZero();
        }
    }
}
