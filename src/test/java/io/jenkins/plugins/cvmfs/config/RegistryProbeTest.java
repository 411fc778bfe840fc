package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryProbeTest {
    private static final String LOGIN =
            Base64.getEncoder().encodeToString("robot:correct horse".getBytes(StandardCharsets.UTF_8));

    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> sentElsewhere = new CopyOnWriteArrayList<>();
    private final CountDownLatch dripped = new CountDownLatch(1);
    private HttpServer registry;
    private HttpServer elsewhere;

    /** What a server answers. */
    interface Handler {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() throws IOException {
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(elsewhere, "/", sentElsewhere, exchange -> reply(exchange, 200, "{\"token\":\"t\"}"));
        registry.start();
        elsewhere.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
        elsewhere.stop(0);
    }

    private static void serve(HttpServer server, String path, List<String> seen, Handler handler) {
        server.createContext(path, exchange -> {
            seen.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            try {
                handler.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String host(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private static Handler wants(String challenge, String authorization) {
        return exchange -> {
            if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                reply(exchange, 200, "{}");
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
                reply(exchange, 401, "secret things of the registry");
            }
        };
    }

    private RegistryProbe.Answer ask(String login) {
        RegistryProbe.Answer answer = new RegistryProbe(HttpClient.newBuilder(), "http", host(registry)).ask(login);
        assertThat(answer.text()).doesNotContain(LOGIN, "correct", "horse", "secret things");
        return answer;
    }

    @Test
    void aRegistryWithoutLogin() {
        serve(registry, "/v2/", sent, exchange -> reply(exchange, 200, "{}"));

        assertThat(ask(LOGIN))
                .isEqualTo(new RegistryProbe.Answer(
                        true, "The registry " + host(registry) + " answers and requires no login."));
        assertThat(sent).containsExactly("/v2/ null");
    }

    @Test
    void aLoginByPassword() {
        serve(registry, "/v2/", sent, wants("Basic realm=\"r\"", "Basic " + LOGIN));

        assertThat(ask(LOGIN))
                .isEqualTo(new RegistryProbe.Answer(true, "The registry " + host(registry) + " accepts the login."));
        assertThat(ask("d3Jvbmc6"))
                .isEqualTo(new RegistryProbe.Answer(
                        false, "The registry " + host(registry) + " refuses the login (HTTP 401)."));
        assertThat(ask(null).text()).endsWith("answers and requires a login.");
    }

    @Test
    void aLoginByToken() {
        serve(
                registry,
                "/v2/",
                sent,
                wants(
                        "Bearer realm=\"http://" + host(registry) + "/token?a=b\",service=\"my registry\"",
                        "Bearer the-token"));
        serve(registry, "/token", sent, exchange -> {
            boolean known =
                    ("Basic " + LOGIN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            reply(exchange, known ? 200 : 401, known ? "{\"access_token\":\"the-token\"}" : "{}");
        });

        assertThat(ask(LOGIN).text()).endsWith("accepts the login.");
        assertThat(sent)
                .containsExactly("/v2/ null", "/token?a=b&service=my+registry Basic " + LOGIN, "/v2/ Bearer the-token");
        assertThat(ask("d3Jvbmc6").text()).endsWith("refuses the login (HTTP 401).");
    }

    @Test
    void theLoginGoesToNoOtherHostThanTheRegistrys() {
        serve(registry, "/v2/", sent, wants("Bearer realm=\"http://" + host(elsewhere) + "/token\"", "Bearer t"));

        RegistryProbe.Answer answer = ask(LOGIN);
        assertThat(answer.good()).isFalse();
        assertThat(answer.text()).contains("http://" + host(elsewhere), "the login was not sent");
        assertThat(sentElsewhere).isEmpty();
    }

    @Test
    void anEncryptedHostThatAnUnencryptedRegistryNamesGetsNothing() {
        serve(registry, "/v2/", sent, wants("Bearer realm=\"https://evil.example.org/token\"", "Bearer t"));

        assertThat(ask(LOGIN).text()).contains("https://evil.example.org", "the login was not sent");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        serve(registry, "/v2/", sent, exchange -> {
            if (exchange.getRequestHeaders().getFirst("Authorization") == null) {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"r\"");
                reply(exchange, 401, "");
            } else {
                exchange.getResponseHeaders().add("Location", "http://" + host(elsewhere) + "/v2/");
                reply(exchange, status, "");
            }
        });

        RegistryProbe.Answer answer = ask(LOGIN);
        assertThat(answer.good()).isFalse();
        assertThat(answer.text()).contains("redirects (HTTP " + status + "), which is not followed");
        assertThat(sentElsewhere).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer realm=\"::\"", "Bearer realm=\"http://u:p@127.0.0.1/\"", "Negotiate"})
    void anotherChallengeIsReported(String challenge) {
        serve(registry, "/v2/", sent, wants(challenge, "none"));

        assertThat(ask(LOGIN).good()).isFalse();
        assertThat(sent).containsExactly("/v2/ null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "{}", "[]", "{\"token\":\"a b\\r\\nX: y\"}"})
    void aServerThatGivesNoTokenIsReported(String body) {
        serve(registry, "/v2/", sent, wants("Bearer realm=\"http://" + host(registry) + "/token\"", "Bearer t"));
        serve(registry, "/token", sent, exchange -> reply(exchange, 200, body));

        assertThat(ask(LOGIN).text()).endsWith("has a token server that returned no token.");
    }

    @Test
    void anInvalidRegistryIsReported() {
        serve(registry, "/", sent, exchange -> reply(exchange, 404, "<script>"));
        assertThat(ask(LOGIN).text())
                .contains("answers HTTP 404 at http://" + host(registry) + "/v2/")
                .doesNotContain("<script>");

        registry.stop(0);
        assertThat(ask(LOGIN).text()).contains("cannot be reached at http://" + host(registry) + "/v2/");
    }

    @Test
    void aVerySlowAnswerIsNotWaitedFor() {
        serve(registry, "/v2/", sent, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            for (int i = 0; i < 10_000; i++) {
                exchange.getResponseBody().write('x');
                exchange.getResponseBody().flush();
                if (dripped.await(50, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        });
        RegistryProbe probe = new RegistryProbe(HttpClient.newBuilder(), "http", host(registry), Duration.ofSeconds(1));

        RegistryProbe.Answer answer = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> probe.ask(LOGIN));
        dripped.countDown();
        assertThat(answer.good()).isFalse();
        assertThat(answer.text()).contains("no complete answer within 1 s");
    }

    @Test
    void onlyTheBeginningOfALongAnswerIsFetched() {
        AtomicLong written = new AtomicLong();
        serve(registry, "/v2/", sent, wants("Bearer realm=\"http://" + host(registry) + "/token\"", "Bearer t"));
        serve(registry, "/token", sent, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] block = "[".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 4096; i++) {
                exchange.getResponseBody().write(block);
                written.addAndGet(block.length);
            }
        });

        assertThat(ask(LOGIN).text()).endsWith("has a token server that returned no token.");
        assertThat(written.get()).isLessThan(256L << 20);
    }

    @Test
    void aRegistryWithoutEncryptionIsReportedAsThat() {
        serve(registry, "/v2/", sent, exchange -> reply(exchange, 200, "{}"));

        RegistryProbe.Answer answer =
                new RegistryProbe(HttpClient.newBuilder(), "https", host(registry), Duration.ofSeconds(2)).ask(LOGIN);
        assertThat(answer.good()).isFalse();
        assertThat(answer.text())
                .contains("without encryption, but docker expects HTTPS", "insecure-registries", "http://")
                .doesNotContain("SSL message");
        assertThat(sent).as("no login is sent").containsExactly("/v2/ null");
    }
}
