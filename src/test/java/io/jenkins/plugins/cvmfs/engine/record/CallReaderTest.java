package io.jenkins.plugins.cvmfs.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.record.CallResult.Entry;
import io.jenkins.plugins.cvmfs.engine.record.CallResult.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallReaderTest {
    private static final String LINE = "\"location\": {\"ranges\": [{\"start\": {\"line\": 7}}]}";

    @Test
    void theFindingsOfACheck() throws Exception {
        CallResult result = CallReader.read("check", """
                {"warnings": [{"ruleName": "FromAsCasing", "description": "d", "detail": "it's odd",
                  "url": "https://docs.docker.com/go/dockerfile/rule/from-as-casing/", %s}],
                 "buildError": {"message": "parse error"}, "sources": []}
                """.formatted(LINE));

        assertThat(result.entries())
                .containsExactly(
                        new Entry(Kind.ERROR, null, "parse error", null, null),
                        new Entry(
                                Kind.WARNING,
                                "FromAsCasing",
                                "it's odd",
                                7,
                                "https://docs.docker.com/go/dockerfile/rule/from-as-casing/"));
        assertThat(result.found()).isTrue();
        assertThat(result.lines("a/Dockerfile"))
                .containsExactly(
                        "a/Dockerfile: error: parse error", "a/Dockerfile:7: warning: it's odd [FromAsCasing]");
        assertThat(CallReader.read("check", "{\"warnings\": null}").found()).isFalse();
    }

    @Test
    void inputsOfTheTarget() throws Exception {
        CallResult result = CallReader.read("outline", """
                {"name": "final", "args": [{"name": "USER_NAME", "value": "me", "description": "who", %s},
                  {"name": "DB_PASSWORD", "value": "hunter2"}, {"name": "EMPTY"}],
                 "secrets": [{"name": "tok", "required": true}], "ssh": [{"name": "default"}]}
                """.formatted(LINE));

        assertThat(result.lines("Dockerfile"))
                .containsExactly(
                        "Dockerfile: stage final",
                        "Dockerfile:7: argument USER_NAME = me: who",
                        "Dockerfile: argument DB_PASSWORD",
                        "Dockerfile: argument EMPTY",
                        "Dockerfile: secret tok (required)",
                        "Dockerfile: ssh default");
        assertThat(result.found()).isFalse();
    }

    @Test
    void availableTargets() throws Exception {
        assertThat(CallReader.read("targets", """
                        {"targets": [{"name": "a", "base": "scratch", "description": "first"},
                          {"name": "b", "base": "a", "default": true}, {"base": "x"}]}
                        """).lines("Dockerfile"))
                .containsExactly(
                        "Dockerfile: stage a FROM scratch: first",
                        "Dockerfile: stage b FROM a (default)",
                        "Dockerfile: stage FROM x");
    }

    /** A Dockerfile chooses its frontend, which may answer what it likes. */
    @Test
    void aCustomFrontend() throws Exception {
        CallResult result = CallReader.read("check", """
                {"warnings": [{"ruleName": "%s", "detail": "a\\nb\\u001b[31mc\\u202ed\\u0000",
                  "url": "https://docs.docker.com.evil.example/", "location": {"ranges": [{"start": {"line": -1}}]}},
                  {"ruleName": 7, "detail": {"x": 1}, "url": "javascript:alert(1)",
                   "location": {"ranges": [{"start": {"line": 1e99}}]}}, null, "text"]}
                """.formatted("x".repeat(5000)));

        assertThat(result.entries().get(0).name()).hasSize(203);
        assertThat(result.entries().get(0).text()).isEqualTo("a b [31mc d");
        assertThat(result.entries()).allSatisfy(entry -> {
            assertThat(entry.url()).isNull();
            assertThat(entry.line()).isNull();
        });
        String many = "{\"name\": \"x\"},".repeat(5000);
        assertThat(CallReader.read("targets", "{\"targets\": [" + many + "{}]}").entries())
                .hasSize(200);
        for (String bad : List.of("", "[]", "{", "null", "{} x")) {
            assertThatThrownBy(() -> CallReader.read("outline", bad))
                    .as(bad)
                    .isInstanceOf(UnreadableResultException.class)
                    .hasMessageContaining("outline.json");
        }
    }

    @Test
    void aKnownSecretIsLeftOut() throws Exception {
        CallResult result = CallReader.read("outline", "{\"args\": [{\"name\": \"A\", \"value\": \"s3cr3t\"}]}");

        assertThat(result.without(text -> text.contains("s3cr3t")).lines("Dockerfile"))
                .containsExactly("Dockerfile: stage", "Dockerfile: argument A");
    }

    @Test
    void aDocumentIsReadAsItWasWritten() throws Exception {
        List<CallResult> calls = List.of(CallReader.read("targets", "{\"targets\": [{\"name\": \"a\"}]}"));

        assertThat(CallResult.fromJson(CallResult.toJson(calls))).isEqualTo(calls);
        assertThat(CallResult.fromJson("no")).isEmpty();
    }
}
