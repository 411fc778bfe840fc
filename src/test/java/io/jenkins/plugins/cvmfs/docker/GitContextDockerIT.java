package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A build context that is a git repository behind a password, and where that password is seen: nowhere. */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GitContextDockerIT {
    private static final String TOKEN = "git-" + UUID.randomUUID();

    private GitServer server;
    private String context;

    @BeforeEach
    void serve(Rig rig) throws Exception {
        Path root = Files.createDirectory(rig.home().resolve("git"));
        Path work = Files.createDirectory(rig.home().resolve("project"));
        Files.createDirectory(work.resolve("image"));
        Files.writeString(
                work.resolve("image/Dockerfile"),
                "FROM " + Rig.baseImage() + "\nCOPY content /content\nRUN echo " + rig.id() + " >/id\n");
        Files.writeString(work.resolve("image/content"), "of the repository");
        git(work, "init", "--quiet", "--initial-branch=main");
        git(work, "add", "--all");
        git(work, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "--quiet", "--message=a");
        git(root, "clone", "--quiet", "--bare", work.toString(), "project.git");
        server = new GitServer(root, "x-access-token", TOKEN);
        context = "http://" + server.address() + "/project.git#main:image";
        Files.writeString(rig.home().resolve("token"), TOKEN);
        Files.writeString(rig.home().resolve("header"), "basic " + login());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void git(Path directory, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Ran.of(new ProcessBuilder(command).directory(directory.toFile())).answer();
    }

    private static String login() {
        return Base64.getEncoder().encodeToString(("x-access-token:" + TOKEN).getBytes(StandardCharsets.UTF_8));
    }

    private ProcessBuilder build(Rig rig, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "build",
                "--builder-driver=docker",
                "--no-insecure",
                "--no-cache",
                "--tag=" + rig.local("a:1"),
                "--record=record.json",
                "--metadata-file=metadata.json",
                "--context=" + context));
        arguments.addAll(List.of(more));
        return rig.cli(arguments.toArray(String[]::new));
    }

    @Test
    void itIsReadByATokenInAFileThatIsSeenNowhere(Rig rig) throws Exception {
        built(rig, build(rig, "--git-credentials=token,src=" + rig.home().resolve("token")));
    }

    @Test
    void itIsReadByAHeaderInAVariable(Rig rig) throws Exception {
        ProcessBuilder build = build(rig, "--git-credentials=header,env=GIT_HEADER");
        build.environment().put("GIT_HEADER", "basic " + login());
        built(rig, build);
    }

    private void built(Rig rig, ProcessBuilder build) throws Exception {
        List<String> secrets = List.of(TOKEN, login());
        Ran ran;
        try (ProcessSampler sampler = new ProcessSampler(secrets)) {
            ran = Ran.of(build);
            assertThat(sampler.found()).noneMatch(line -> line.startsWith("command line: ") && line.contains("docker"));
        }
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(rig.inside(rig.local("a:1"), "cat /content")).isEqualTo("of the repository");
        assertThat(ran.out() + ran.err()).doesNotContain(secrets);
        assertThat(rig.docker("image", "history", "--no-trunc", rig.local("a:1"))
                                .answer()
                        + rig.image(rig.local("a:1")))
                .doesNotContain(secrets);
        assertThat(Files.readString(rig.workspace().resolve("record.json"))).contains("GIT_AUTH_");
        for (Path directory : List.of(rig.workspace(), rig.temporary(), rig.config())) {
            assertThat(filesWith(secrets, directory)).as(directory.toString()).isEmpty();
        }
    }

    private static List<Path> filesWith(List<String> secrets, Path directory) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (secrets.stream().anyMatch(text::contains)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    @Test
    void withoutCredentialsTheFailureSaysWhatIsMissing(Rig rig) throws Exception {
        Ran refused = Ran.of(build(rig));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("--git-credentials").doesNotContain("Exception");
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
    }

    @Test
    void aPasswordInTheAddressIsRefusedAndNotShown(Rig rig) throws Exception {
        context = context.replace("http://", "http://x-access-token:" + TOKEN + "@");
        Ran refused = Ran.of(build(rig));

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("Invalid --context 'http://****@127.0.0.1:", "--git-credentials")
                .doesNotContain(TOKEN);
    }
}
