package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A setup script by URL is performed only if it is the one that was meant. */
@ParameterizedClass
@MethodSource("shells")
class SetupFetchTest {
    private static final String SCRIPT = "echo fetched\n";
    private static final String CURL = "printf '%s\\0' \"$@\" >\"$stub/curl\"; printf 'echo fetched\\n' >\"$8\"";
    private static final String WGET = "printf '%s\\0' \"$@\" >\"$stub/wget\"; printf 'echo fetched\\n' >\"${2#*=}\"";

    @Parameter
    private List<String> shell;

    private StubMachine machine;
    private HttpServer server;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void prepare(@TempDir Path root) throws Exception {
        machine = new StubMachine(root, shell)
                .docker(
                        "case $1 in run) cat >\"$stub/performed\" ;; commit) echo sha256:1 ;; image) printf 'null\\nnull\\n\"\"\\n{}\\n' ;; esac");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/setup", exchange -> {
            exchange.sendResponseHeaders(200, SCRIPT.length());
            exchange.getResponseBody().write(SCRIPT.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().set("Location", "/setup");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h.example.org/a",
                "https://h/a?b=c&d=$(pwned)",
                "http://h/';pwned;'",
                "http://h/~*;pwned&!"
            })
    void curlGetsTheUrlUnchanged(String url) throws Exception {
        machine.stub("curl", CURL);

        assertThat(run(url, sha256(SCRIPT)).exitCode()).isZero();
        assertThat(machine.note("curl").split("\0"))
                .containsExactly(
                        "--fail",
                        "--silent",
                        "--show-error",
                        "--location",
                        "--proto",
                        "=http,https",
                        "--output",
                        machine.privateDirectory() + "/setup",
                        "--",
                        url);
        assertThat(machine.note("performed")).endsWith("\n" + SCRIPT);
    }

    @Test
    void wgetIsUsedWithoutCurl() throws Exception {
        machine.stub("wget", WGET);
        assumeTrue(
                machine.said("command -v wget").startsWith("/"),
                () -> "skipped: " + shell + " has a wget of its own, which comes before any stub");

        assertThat(run("http://h/$(pwned)", sha256(SCRIPT)).exitCode()).isZero();
        assertThat(machine.note("wget").split("\0"))
                .containsExactly(
                        "--quiet",
                        "--output-document=" + machine.privateDirectory() + "/setup",
                        "--",
                        "http://h/$(pwned)");
        assertThat(machine.note("performed")).endsWith("\n" + SCRIPT);
    }

    @Test
    void withoutEitherTheBuildFailsWithAMessage() throws Exception {
        assumeTrue(machine.said("command -v wget").isEmpty(), () -> "skipped: " + shell + " has a wget of its own");

        StubMachine.Ended ended = run("http://h/a", sha256(SCRIPT));
        assertThat(ended.exitCode()).isEqualTo(127);
        assertThat(ended.output()).contains("Neither curl nor wget");
        assertNothingPerformed();
    }

    @Test
    void anotherScriptIsNotRun() throws Exception {
        machine.stub("curl", CURL);

        StubMachine.Ended ended = run("http://h/a", sha256("echo meant\n"));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("has the sha256 " + sha256(SCRIPT) + ", not " + sha256("echo meant\n"));
        assertNothingPerformed();
    }

    @Test
    void aScriptThatCannotBeFetchedIsNotRun() throws Exception {
        machine.stub("curl", "exit 22");

        assertThat(run("http://h/a", sha256(SCRIPT)).exitCode()).isEqualTo(22);
        assertNothingPerformed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void theRealCommandFetches(String command) throws Exception {
        Optional<Path> program = Shells.find(command);
        assumeTrue(program.isPresent(), () -> "skipped: this machine has no " + command);
        machine.stub(command, "exec " + program.get() + " \"$@\"");

        for (String path : List.of("/setup", "/moved")) {
            StubMachine.Ended ended = run(url(path), sha256(SCRIPT));
            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(machine.note("performed")).endsWith("\n" + SCRIPT);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void theRealCommandFailsOnAnErrorPage(String command) throws Exception {
        Optional<Path> program = Shells.find(command);
        assumeTrue(program.isPresent(), () -> "skipped: this machine has no " + command);
        machine.stub(command, "exec " + program.get() + " \"$@\"");

        assertThat(run(url("/nothing"), sha256(SCRIPT)).exitCode()).isNotZero();
        assertNothingPerformed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"curl", "wget"})
    void anAnswerWithoutEndIsCutOff(String command) throws Exception {
        Optional<Path> program = Shells.find(command);
        assumeTrue(program.isPresent(), () -> "skipped: this machine has no " + command);
        machine.stub(command, "exec " + program.get() + " \"$@\"");
        server.createContext("/large", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int mebibytes = 0; mebibytes < 100; mebibytes++) {
                    body.write(new byte[1 << 20]);
                }
            }
        });

        StubMachine.Ended ended = run(url("/large"), sha256(SCRIPT));
        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.output()).contains("The setup script is larger than 16 MiB");
        assertNothingPerformed();
    }

    private StubMachine.Ended run(String url, String sha256) throws Exception {
        StubMachine.Ended ended = machine.run(BuildPlan.of(
                Specs.valid(Specs.dockerfile().strategy("commit").setupUrl(url).setupSha256(sha256)), "id"));
        machine.assertUnharmed();
        return ended;
    }

    private void assertNothingPerformed() throws Exception {
        assertThat(machine.called()).isEmpty();
        assertThat(Phase.of(machine.left(ResultFile.PHASE))).contains(Phase.FETCH);
    }

    private String url(String path) {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path;
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
