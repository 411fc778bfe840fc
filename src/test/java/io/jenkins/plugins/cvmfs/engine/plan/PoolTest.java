package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of several buildkitds builds an image, with stand-ins for docker and curl. */
@ParameterizedClass
@MethodSource("shells")
class PoolTest {
    private static final List<String> POOL = List.of("tcp://a:1", "tcp://b:1", "tcp://c:1");

    /** In this image's order. */
    private static final List<String> ORDER = EndpointOrder.of("example.org/image", POOL);

    private static final String FIRST = ORDER.get(0);
    private static final String SECOND = ORDER.get(1);
    private static final String THIRD = ORDER.get(2);

    private static final String REFUSED = "Failed to connect to the host: Couldn't connect to server";

    @Parameter
    private List<String> shell;

    private StubMachine machine;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell);
    }

    private static ImageSpecBuilder pool() {
        return Specs.dockerfile()
                .builderDriver("remote")
                .builderEndpoint(String.join(" ", POOL))
                .push(true);
    }

    private StubMachine.Ended run(ImageSpecBuilder options) throws Exception {
        return machine.run(BuildPlan.of(Specs.valid(options), "id"));
    }

    /** Curl that does not reach what a file of the stub's notes names, one endpoint a line. */
    private void curl() throws Exception {
        curl(7, REFUSED);
    }

    private void curl(int exitCode, String text) throws Exception {
        machine.stub(
                "curl",
                "echo \"$*\" >>\"$stub/asked\"\nfor word do case $word in ::*) if grep -qxF \"tcp://${word#::}\" "
                        + "\"$stub/away\" 2>/dev/null; then echo \"curl: (" + exitCode + ") " + text
                        + "\" >&2; exit " + exitCode + "; fi ;; esac; done");
    }

    /** Docker that notes what it made, and whose builds fail at some endpoints, which are away then. */
    private void dies(String... endpoints) throws Exception {
        docker("read -r at <\"$stub/at\"; case ' " + String.join(" ", endpoints)
                + " ' in *\" $at \"*) echo \"$at\" >>\"$stub/away\"; echo 'ERROR: lost' >&2; exit 1 ;; esac");
    }

    private void docker(String build) throws Exception {
        machine.docker("case \"$*\" in 'buildx create'*) for last do case $last in --name=*) name=${last#*=} ;; esac; "
                + "done; echo \"$last\" >\"$stub/at\"\necho '"
                + StubMachine.record("x", "remote", "ENDPOINT") + "' | sed \"s,ENDPOINT,$last,\" >'"
                + machine.instances() + "'/\"$name\" ;;\n"
                + "'buildx build'*) " + build + " ;;\n"
                + "'buildx inspect'*) read -r at <\"$stub/at\"; grep -qxF \"$at\" \"$stub/away\" 2>/dev/null ||"
                + " echo 'Status:   running' ;; esac");
    }

    private void away(String... endpoints) throws Exception {
        Files.writeString(machine.notes().resolve("away"), String.join("\n", endpoints) + "\n");
    }

    private List<String> created() throws Exception {
        return machine.calls().stream()
                .filter(call -> call.contains("create"))
                .map(call -> call.get(call.size() - 1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theFirstThatAnswersBuilds(boolean keep) throws Exception {
        curl();
        StubMachine.Ended ended = run(pool().builderKeep(keep));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(created()).containsExactly(FIRST);
        assertThat(ended.output()).contains("Building at " + FIRST + ".").doesNotContain("Warning");
        assertThat(machine.left(ResultFile.ENDPOINT)).isEqualTo(FIRST + "\n");
    }

    /** With or without curl no process of docker's is there but the build's. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBuildThatKnowsItsBuilderCallsDockerOnceAlone(boolean curl) throws Exception {
        if (curl) {
            curl();
        }
        run(pool());
        String name = machine.calls().stream()
                .flatMap(List::stream)
                .filter(word -> word.startsWith("--name="))
                .findFirst()
                .orElseThrow()
                .substring("--name=".length());
        Files.writeString(machine.instances().resolve(name), StubMachine.record(name, "remote", FIRST));

        assertThat(run(pool()).exitCode()).isZero();
        assertThat(machine.called()).containsExactly("buildx build");
    }

    /** So builds that name the endpoint alone, or another pool that has it, share the builder. */
    @Test
    void theBuilderIsThatOfItsEndpointAlone() throws Exception {
        run(pool());
        String ofPool = machine.calls().get(0).toString();
        run(pool().builderEndpoint(FIRST));
        assertThat(machine.calls().get(0).toString()).isEqualTo(ofPool);
    }

    @Test
    void oneThatIsAwayIsTold() throws Exception {
        curl();
        away(FIRST);
        StubMachine.Ended ended = run(pool());

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(created()).containsExactly(SECOND);
        assertThat(ended.output())
                .contains(
                        "Warning: the buildkitd at " + FIRST + " cannot be reached: " + REFUSED
                                + "; the next one is tried.",
                        "Building at " + SECOND + ".");
        assertThat(machine.left(ResultFile.ENDPOINT)).isEqualTo(SECOND + "\n");
    }

    @Test
    void allThatAreAwayAreNamedWithTheCause() throws Exception {
        curl();
        away(POOL.toArray(String[]::new));
        StubMachine.Ended ended = run(pool());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .endsWith("ERROR: none of the builder's endpoints can be reached:\n"
                        + "  " + FIRST + ": " + REFUSED + "\n  " + SECOND + ": " + REFUSED + "\n  " + THIRD + ": "
                        + REFUSED + "\n");
        assertThat(machine.called()).isEmpty();
        assertThat(machine.left(ResultFile.PHASE)).isEqualTo("builder\n");
    }

    /** What curl says of HTTP is of no interest; without TLS a buildkitd closes the connection. */
    @ParameterizedTest
    @CsvSource({
        "0, true, true",
        "1, true, true",
        "52, true, true",
        "92, true, true",
        "16, false, true",
        "55, false, true",
        "5, true, false",
        "6, true, false",
        "7, true, false",
        "28, true, false",
        "35, true, false",
        "51, true, false",
        "16, true, false",
        "55, true, false",
        "56, true, false",
        "58, true, false",
        "60, true, false",
        "77, true, false",
        "56, false, true",
        "7, false, false",
        "2, true, true",
        "4, true, true"
    })
    void whatCurlSaysTellsWhetherItAnswers(int exitCode, boolean tls, boolean answers) throws Exception {
        curl(exitCode, "cause");
        away(FIRST);
        StubMachine.Ended ended = run(pool().builderDriverOpts(tls ? Map.of("cacert", "/c/ca.pem") : Map.of()));

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(created()).containsExactly(answers ? FIRST : SECOND);
        assertThat(ended.output().contains("cannot be reached: cause;")).isEqualTo(!answers);
    }

    /** With TLS 1.3 a connection that was refused for its certificate only breaks. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OpenSSL/3.0.22: error:0A000418:SSL routines::tlsv1 alert unknown ca"
                        + "|it does not accept the client's certificate: tlsv1 alert unknown ca",
                "GnuTLS, handshake failed: A TLS fatal alert has been received.: Unknown CA"
                        + "|it does not accept the client's certificate: Unknown CA",
                "Connection timed out|Send failure: Connection reset by peer"
            })
    void aCertificateThatIsNotAcceptedIsTheCause(String older, String cause) throws Exception {
        machine.stub(
                "curl",
                "case $* in *--tls-max*) echo 'curl: (35) " + older + "' >&2; exit 35 ;; esac\n"
                        + "echo 'curl: (55) Send failure: Connection reset by peer' >&2; exit 55");
        StubMachine.Ended ended = run(pool().builderDriverOpts(Map.of("cacert", "/c/ca.pem")));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("Warning: the buildkitd at " + FIRST + " cannot be reached: " + cause + "; the next")
                .contains("Warning: the buildkitd at " + THIRD + " cannot be reached: " + cause + ".\n")
                .endsWith("\n  " + THIRD + ": " + cause + "\n");
    }

    @Test
    void isAskedWithTheClientsCertificateForTheServersName() throws Exception {
        curl();
        run(pool().builderDriverOpts(
                        Map.of("cacert", "/c/ca.pem", "cert", "/c/a b", "key", "/c/key", "servername", "b.org")));
        assertThat(machine.note("asked").strip())
                .isEqualTo("-q --silent --show-error --output /dev/null --noproxy * --connect-timeout 3 --max-time 5"
                        + " --connect-to ::" + FIRST.substring("tcp://".length()) + " https://b.org:1"
                        + " --cacert /c/ca.pem --cert /c/a b --key /c/key");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBuildThatLosesItsBuildkitdIsDoneByTheNext(boolean curl) throws Exception {
        if (curl) {
            curl();
        }
        dies(FIRST);
        StubMachine.Ended ended = run(pool());

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(created()).containsExactly(FIRST, SECOND);
        assertThat(ended.output())
                .containsPattern("Warning: the buildkitd at " + Pattern.quote(FIRST)
                        + " cannot be reached: .*; the image is " + "built by the next one\\.")
                .contains("Building at " + SECOND + ".");
        assertThat(machine.left(ResultFile.ENDPOINT)).isEqualTo(SECOND + "\n");
    }

    /** A build that is too much for them does not bring down all. */
    @Test
    void aBuildIsGivenToTwoAtMost() throws Exception {
        curl();
        dies(POOL.toArray(String[]::new));
        StubMachine.Ended ended = run(pool());

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(created()).containsExactly(FIRST, SECOND);
        assertThat(ended.output()).contains("this build has lost two of them and is not tried again");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBuildThatFailsByItselfIsNotTriedElsewhere(boolean curl) throws Exception {
        if (curl) {
            curl();
        }
        docker("exit 7");
        StubMachine.Ended ended = run(pool());

        assertThat(ended.exitCode()).isEqualTo(7);
        assertThat(created()).containsExactly(FIRST);
        assertThat(ended.output()).doesNotContain("Warning");
    }

    /** An ephemeral one is only buildx's record of it, and none is left. */
    @Test
    void theBuildersOfABuildAloneAreRemoved() throws Exception {
        curl();
        dies(FIRST);
        run(pool().builderKeep(false));

        List<List<String>> calls = machine.calls();
        List<String> made = calls.stream()
                .filter(call -> call.contains("create"))
                .map(call -> call.get(2).substring("--name=".length()))
                .toList();
        List<String> removed = calls.stream()
                .filter(call -> call.contains("rm"))
                .map(call -> call.get(call.size() - 1))
                .toList();
        assertThat(made).hasSize(2).allMatch(name -> name.startsWith("cvmfs-derived-image-id-"));
        assertThat(removed).containsExactlyElementsOf(made);
    }

    @Test
    void aSocketThatIsNotThereIsAway(@TempDir Path folder) throws Exception {
        StubMachine.Ended ended = run(pool().builderEndpoint("unix://" + folder + "/a unix://" + folder + "/*"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains(
                        "unix://" + folder + "/a: there is no such socket",
                        "unix://" + folder + "/*: there is no such socket");
    }
}
