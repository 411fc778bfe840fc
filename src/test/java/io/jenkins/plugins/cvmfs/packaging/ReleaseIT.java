package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bin/release makes. */
class ReleaseIT {
    private static final String PROGRAM = "bin/cvmfs-derived-image";
    private static final String CLASSES = "lib/cvmfs-derived-image/classes.jsa";

    @TempDir
    private Path home;

    private String run(Path directory, String... command) throws IOException, InterruptedException {
        return Release.run(new ProcessBuilder(command).directory(directory.toFile()));
    }

    private Path unpacked(String kind) throws IOException, InterruptedException {
        Path archive = Release.made().artifact(kind);
        if (kind.equals(".deb")) {
            run(home, "dpkg-deb", "-x", archive.toString(), "deb");
            return home.resolve("deb/usr");
        }
        run(home, "tar", "-xzf", archive.toString());
        try (Stream<Path> folders = Files.list(home)) {
            return folders.findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".tar.gz", ".deb"})
    void theCommandLineStartsFromWhatWasUnpacked(String kind) throws Exception {
        Path root = unpacked(kind);

        assertThat(run(home, root.resolve(PROGRAM).toString(), "--version")).matches("\\S+ \\(.+\\)\\s+");
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(root.resolve(CLASSES)).isRegularFile());
        assertThat(run(home, root.resolve(PROGRAM).toString(), "plan", "--tag=cms/analysis:1", "--setup=true"))
                .startsWith("#!/bin/sh\n")
                .contains("cms/analysis:1");
    }

    @Test
    void theCommandLineStartsByALinkToo() throws Exception {
        Path root = unpacked(".tar.gz");
        Files.createSymbolicLink(home.resolve("link"), root.resolve(PROGRAM));

        assertThat(run(home, home.resolve("link").toString(), "--version")).contains("(");
    }

    @Test
    void withoutJavaTheLauncherSaysWhatToDo() throws Exception {
        Path root = unpacked(".tar.gz");
        ProcessBuilder builder = new ProcessBuilder(root.resolve(PROGRAM).toString(), "--version");
        builder.environment().put("JAVA_HOME", "/nonexistent");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());

        assertThat(process.waitFor()).isEqualTo(127);
        assertThat(output).contains("There is no /nonexistent/bin/java", "Fix: Install a Java runtime, 17 or later");
    }

    @Test
    void manualAndCompletionKnowTheCommandsAndOptions() throws Exception {
        Path root = unpacked(".deb");

        assertThat(run(
                        home,
                        "gzip",
                        "-cd",
                        root.resolve("share/man/man1/cvmfs-derived-image-build.1.gz")
                                .toString()))
                .contains(".SH NAME", "build an image", "mounts");
        assertThat(root.resolve("share/bash-completion/completions/cvmfs-derived-image"))
                .content()
                .contains("reproduce", "--mounts", "--cvmfs-http-proxy");
    }

    @Test
    void theSameSourcesMakeTheSameBytes() throws Exception {
        Path first = Release.made().directory().resolve("SHA256SUMS");
        Path second = Release.makeElsewhere().directory().resolve("SHA256SUMS");

        assertThat(second).hasSameTextualContentAs(first);
        assertThat(run(first.getParent(), "sha256sum", "--check", "SHA256SUMS")).doesNotContain("FAILED");
    }

    @Test
    void theUpdateSiteNamesThePluginFileByItsSum() throws Exception {
        JsonNode plugin = new ObjectMapper()
                .readTree(Release.made().artifact("update-center.actual.json").toFile())
                .at("/plugins/cvmfs-derived-image");
        byte[] hpi = Files.readAllBytes(Release.made().artifact(".hpi"));

        assertThat(plugin.get("sha256").textValue())
                .isEqualTo(Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(hpi)));
        assertThat(plugin.get("url").textValue()).endsWith("/cvmfs-derived-image.hpi");
        assertThat(plugin.get("dependencies").findValuesAsText("name")).contains("workflow-step-api", "credentials");
    }

    /** As Jenkins verifies it. */
    @Test
    void aSignedUpdateSiteIsVerifiedByItsCertificate() throws Exception {
        run(
                home,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-subj=/CN=lab",
                "-keyout",
                "key.pem",
                "-out",
                "certificate.pem");
        Path site = Files.copy(Release.made().artifact("update-center.actual.json"), home.resolve("site.json"));
        String sign = Path.of("bin/sign-update-site").toAbsolutePath().toString();
        run(home, sign, "key.pem", "certificate.pem", "site.json");

        ObjectNode signed = (ObjectNode) new ObjectMapper().readTree(site.toFile());
        JsonNode signature = signed.remove("signature");
        byte[] canonical = JsonMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValueAsBytes(new ObjectMapper().treeToValue(signed, Map.class));
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Base64.getDecoder()
                        .decode(signature.at("/certificates/0").textValue())));
        Signature verification = Signature.getInstance("SHA512withRSA");
        verification.initVerify(certificate);
        verification.update(canonical);

        assertThat(verification.verify(HexFormat.of()
                        .parseHex(signature.get("correct_signature512").textValue())))
                .isTrue();
        assertThat(signature.get("correct_digest512").textValue())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-512").digest(canonical)));
    }

    @Test
    void theBillOfMaterialsHasWhatTheCommandLineBundles() throws Exception {
        JsonNode bom =
                new ObjectMapper().readTree(Release.made().artifact(".cdx.json").toFile());

        assertThat(bom.get("bomFormat").textValue()).isEqualTo("CycloneDX");
        assertThat(bom.get("components").findValuesAsText("name")).contains("picocli", "jackson-databind");
    }

    @Test
    void theActionRefusesBadInputBeforeAnythingRuns() throws Exception {
        for (List<String> row : List.of(
                List.of("INPUT_PUSH", "maybe", "Invalid push 'maybe'"),
                List.of("INPUT_ARCHIVE", "nothing.tar.gz", "Invalid archive 'nothing.tar.gz'"),
                List.of("INPUT_ARCHIVE", "http://127.0.0.1:1/x.tar.gz", "Missing sha256"),
                List.of("INPUT_SHA256", "0", "does not have the sha256 0"))) {
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of("packaging/github/build").toAbsolutePath().toString());
            for (String name :
                    List.of("TAGS", "MOUNTS", "DOCKERFILE", "CONTEXT", "SETUP_FILE", "PUSH", "OPTIONS", "SHA256")) {
                builder.environment().put("INPUT_" + name, "");
            }
            builder.environment()
                    .put("INPUT_ARCHIVE", Release.made().artifact(".tar.gz").toString());
            builder.environment().put("RUNNER_TEMP", home.toString());
            builder.environment().put("GITHUB_OUTPUT", home.resolve("output").toString());
            builder.environment().put(row.get(0), row.get(1));
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());

            assertThat(process.waitFor()).as(output).isEqualTo(2);
            assertThat(output).startsWith("::error::").contains(row.get(2));
        }
    }
}
