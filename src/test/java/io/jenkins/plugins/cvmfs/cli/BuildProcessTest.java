package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line as a process of its own, with a stub for docker. */
class BuildProcessTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final String ID = "sha256:" + "c".repeat(64);
    private static final String DIGEST = "sha256:" + "d".repeat(64);
    private static final String BUILT = """
            for word do
                case $word in
                    --metadata-file=*) echo '{"containerimage.digest":"%s"}' >"${word#*=}" ;;
                    --iidfile=*) echo '%s' >"${word#*=}" ;;
                esac
            done
            case $1 in image) echo '{"Id":"%s"}' ;; esac
            """.formatted(DIGEST, ID, ID);

    @TempDir
    private Path root;

    private Path temporary;

    @BeforeEach
    void prepare() throws Exception {
        temporary = Files.createDirectory(root.resolve("tmp"));
        Files.createDirectory(root.resolve("bin"));
        Files.writeString(root.resolve("Dockerfile"), "FROM scratch\n");
    }

    @Test
    void aBuiltImageIsReportedAndRecorded() throws Exception {
        docker(BUILT);
        Process process = start("build", "--tag", "example.org/a:1", "--push", "--load", "--record", "record.json");

        assertThat(ended(process)).as(errors()).isZero();
        assertThat(Files.readString(root.resolve("out")))
                .matches("Built example\\.org/a:1 in \\d+\\.\\d s \\(builder .+, build .+, collect .+\\)\n  pushed: "
                        + "example\\.org/a@"
                        + DIGEST + "\n  image ID: " + ID + "\n");
        assertThat(errors())
                .startsWith(
                        "Building example.org/a:1 from Dockerfile with the engine's own builder or one in a container,"
                                + " then loading it and pushing it to example.org.\n");
        assertThat(ImageRecord.fromJson(Files.readString(root.resolve("record.json")))
                        .digest())
                .isEqualTo(DIGEST);
        assertNothingLeft();
    }

    @Test
    void anImageIsBuiltAgainByItsRecordUnderANewTag() throws Exception {
        docker(BUILT);
        Process first = start(
                "build",
                "--tag",
                "example.org/a:1",
                "--builder-driver",
                "docker-container",
                "--target",
                "t",
                "--build-arg",
                "A=b",
                "--build-arg",
                "TOKEN=x",
                "--load",
                "--record",
                "record.json");
        assertThat(ended(first)).as(errors()).isZero();
        Files.delete(root.resolve("calls"));

        assertThat(ended(start("reproduce", "record.json"))).isEqualTo(Main.BAD_INPUT);
        assertThat(errors()).startsWith("Missing --build-arg: the record does not contain 'TOKEN'");
        assertThat(ended(start("reproduce", "record.json", "--build-arg", "TOKEN=y")))
                .isEqualTo(Main.BAD_INPUT);
        assertThat(errors()).startsWith("Missing --tag");
        assertThat(root.resolve("calls")).doesNotExist();

        Process again = start(
                "reproduce",
                "record.json",
                "--build-arg",
                "TOKEN=y",
                "--tag",
                "example.org/b:2",
                "--record",
                "again.json");
        assertThat(ended(again)).as(errors()).isZero();
        assertThat(Files.readString(root.resolve("calls")))
                .contains("--tag=example.org/b:2 ", " --target=t ", "--build-arg=A=b", "--build-arg=TOKEN=y")
                .doesNotContain("example.org/a:1", "TOKEN=x");
        assertThat(Files.readString(root.resolve("out")))
                .matches("Built example\\.org/b:2 in \\d+\\.\\d s \\(builder .+, build .+, collect .+\\)\n  image ID: "
                        + ID + "\n");
        assertThat(errors()).endsWith("Revisions: none is known, neither in record.json nor of this image.\n");
        ImageRecord was = ImageRecord.fromJson(Files.readString(root.resolve("record.json")));
        assertThat(ImageRecord.fromJson(Files.readString(root.resolve("again.json")))
                        .inputs())
                .isEqualTo(was.inputs());
        assertNothingLeft();
    }

    @Test
    void anImageIsNotBuiltAgainFromAnotherDockerfileUnlessThatIsWanted() throws Exception {
        docker(BUILT);
        assertThat(ended(start("build", "--tag", "example.org/a:1", "--record", "record.json")))
                .as(errors())
                .isZero();
        Files.delete(root.resolve("calls"));
        Files.writeString(root.resolve("Dockerfile"), "FROM scratch\nLABEL a=b\n");

        assertThat(ended(start("reproduce", "record.json", "--tag", "b"))).isEqualTo(Main.BAD_INPUT);
        assertThat(errors().lines())
                .singleElement()
                .asString()
                .matches("Invalid --dockerfile './Dockerfile': its sha256 is [0-9a-f]{64}, but the image was built "
                        + "from one with [0-9a-f]{64}; .*--allow-changed-source");
        assertThat(root.resolve("calls")).doesNotExist();
        assertThat(ended(start("reproduce", "record.json", "--tag", "b", "--allow-changed-source")))
                .as(errors())
                .isZero();
        assertNothingLeft();
    }

    @Test
    void anInvalidRecordIsReportedBeforeAnythingRuns() throws Exception {
        docker("touch called");
        Files.writeString(root.resolve("old.json"), "{\"schemaVersion\":1,\"strategy\":\"buildx\"}");
        for (String[] row : new String[][] {
            {"none.json", "expected a file that can be read"},
            {"Dockerfile", "expected the record of an image"},
            {"old.json", "it lacks inputs"}
        }) {
            assertThat(ended(start("reproduce", row[0], "--tag", "b"))).isEqualTo(Main.BAD_INPUT);
            assertThat(errors().lines())
                    .singleElement()
                    .asString()
                    .startsWith("Invalid RECORD '" + row[0] + "': " + row[1]);
        }
        assertThat(root.resolve("called")).doesNotExist();
        assertNothingLeft();
    }

    @Test
    void aFileOfLoginsIsUsedAndHidden() throws Exception {
        docker("case $2 in build) cp \"$DOCKER_CONFIG/config.json\" seen; ls -l \"$DOCKER_CONFIG\" >modes; echo "
                + "'it is correct horse' >&2;; esac\n"
                + BUILT);
        Files.writeString(
                root.resolve("logins"), "{\"auths\": {\"example.org\": {\"auth\": \"cm9ib3Q6Y29ycmVjdCBob3JzZQ==\"}}}");
        Process process = start("build", "--tag", "example.org/a:1", "--push", "--registry-auth-file", "logins");

        assertThat(ended(process)).as(errors()).isZero();
        assertThat(Files.readString(root.resolve("seen")))
                .contains("\"example.org\":{\"auth\":\"cm9ib3Q6Y29ycmVjdCBob3JzZQ==\"}");
        assertThat(Files.readString(root.resolve("modes"))).containsPattern("-rw------- .* config.json");
        assertThat(errors()).contains("it is ****").doesNotContain("horse");
        assertNothingLeft();
    }

    @Test
    void aFileWithoutLoginsIsRefusedBeforeAnythingRuns() throws Exception {
        docker("touch called");
        Files.writeString(root.resolve("logins"), "secret");
        for (String file : List.of("logins", "none")) {
            Process process = start("build", "--tag", "example.org/a:1", "--registry-auth-file", file);

            assertThat(ended(process)).isEqualTo(Main.BAD_INPUT);
            assertThat(errors())
                    .startsWith("Invalid --registry-auth-file '" + file + "': expected a readable file")
                    .doesNotContain("secret");
        }
        assertThat(root.resolve("called")).doesNotExist();
        assertNothingLeft();
    }

    @Test
    void aFailedBuildIsExplained() throws Exception {
        docker("case $2 in build) echo 'no space left on device' >&2; exit 9 ;; esac");
        Process process = start("build", "--tag", "a", "--record", "record.json");

        assertThat(ended(process)).isEqualTo(Main.FAILED);
        assertThat(errors())
                .contains(
                        "no space left on device\n",
                        "Building the image failed with exit code 9.",
                        "Why: A disk of the machine that builds is full.",
                        "Fix: ");
        assertThat(Files.readString(root.resolve("out"))).isEmpty();
        assertThat(root.resolve("record.json")).doesNotExist();
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere/r.json", "tmp", "Dockerfile/r.json"})
    void aRecordThatCannotBeWrittenIsReportedBeforeTheBuild(String record) throws Exception {
        docker("touch '" + root + "/called'");

        assertThat(ended(start("build", "--tag", "a", "--record", record))).isEqualTo(Main.BAD_INPUT);
        assertThat(errors()).contains("--record", record, "a file that can be written (");
        assertThat(root.resolve("called")).doesNotExist();
        assertNothingLeft();
    }

    @Test
    void scriptsGetTheRecord() throws Exception {
        docker(BUILT);
        Process process = start("build", "--tag", "example.org/a:1", "--push", "--load", "--json");

        assertThat(ended(process)).as(errors()).isZero();
        assertThat(ImageRecord.fromJson(Files.readString(root.resolve("out"))).digest())
                .isEqualTo(DIGEST);
    }

    @Test
    void anImageIsReportedEvenIfItsRecordCannotBeWritten() throws Exception {
        docker("mkdir -p record.json\n" + BUILT);
        Process process = start("build", "--tag", "example.org/a:1", "--push", "--load", "--record", "record.json");

        assertThat(ended(process)).isEqualTo(Main.FAILED);
        assertThat(Files.readString(root.resolve("out")))
                .startsWith("Built example.org/a:1 in ")
                .contains("pushed: example.org/a@" + DIGEST);
        assertThat(errors())
                .contains(
                        "The image was built, but the file for --record could not be written.",
                        "record.json: ",
                        "Fix: ");
        assertNothingLeft();
    }

    @Test
    void badInputRunsNothing() throws Exception {
        docker("touch '" + root + "/called'");

        assertThat(ended(start("build", "--tag", "A"))).isEqualTo(Main.BAD_INPUT);
        assertThat(root.resolve("called")).doesNotExist();
        assertNothingLeft();
    }

    @Test
    void planRunsNothing() throws Exception {
        docker("touch '" + root + "/called'");

        assertThat(ended(start("plan", "--tag", "a"))).as(errors()).isZero();
        assertThat(root.resolve("called")).doesNotExist();
        assertNothingLeft();
    }

    @Test
    void aStoppedBuildStopsDockerAndLeavesNothing() throws Exception {
        docker("case $2 in build) trap 'touch \"" + root + "/stopped\"; exit 1' TERM; touch '" + root
                + "/started'; while :; do sleep 0.05; done ;; esac");
        Process process = start("build", "--tag", "a", "--no-builder-keep");
        for (int waited = 0; !Files.exists(root.resolve("started")); waited++) {
            assertThat(waited).as("the build starts; so far: " + errors()).isLessThan(PATIENCE_SECONDS * 100);
            Thread.sleep(10);
        }
        process.destroy();

        assertThat(ended(process)).isEqualTo(143);
        assertThat(root.resolve("stopped")).exists();
        assertThat(Files.readAllLines(root.resolve("calls")))
                .anyMatch(call -> call.startsWith("buildx rm --force cvmfs-derived-image-"));
        assertNothingLeft();
    }

    @Test
    void theDoctorReportsAMissingDocker() throws Exception {
        Process process = start("doctor");

        assertThat(ended(process)).isEqualTo(Main.FAILED);
        assertThat(Files.readString(root.resolve("out")))
                .contains(
                        "lacking  docker engine: no docker command",
                        "Fix: Install docker",
                        "Strategy buildx cannot work",
                        "Strategy commit cannot work");
    }

    @Test
    void hostAccessTellsWhatToInstall() throws Exception {
        docker("exit 1");
        ended(start("host-access"));

        assertThat(Files.readString(root.resolve("out")))
                .contains(
                        "Strategy buildx with this machine's /cvmfs cannot work",
                        "cvmfs-derived-image host-access --print >/etc/cdi/cvmfs.yaml");
    }

    private void docker(String behaviour) throws Exception {
        Path stub = root.resolve("bin/docker");
        Files.writeString(stub, "#!/bin/sh\necho \"$*\" >>'" + root + "/calls'\n" + behaviour + "\n");
        Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(root.resolve("out").toFile())
                .redirectError(root.resolve("err").toFile());
        boolean stubbed = Files.exists(root.resolve("bin/docker"));
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("PATH", root.resolve("bin") + (stubbed ? ":" + System.getenv("PATH") : ""));
        // What a stub answers is not to be remembered of the real engine.
        builder.environment().put("XDG_STATE_HOME", root.resolve("state").toString());
        return builder.start();
    }

    private static String classPath() {
        return String.join(
                ":",
                Stream.of(System.getProperty("java.class.path").split(":"))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private int ended(Process process) throws Exception {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(ended).as("the process ends; so far: " + errors()).isTrue();
        return process.exitValue();
    }

    private String errors() throws Exception {
        return Files.readString(root.resolve("err"));
    }

    private void assertNothingLeft() throws Exception {
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("cvmfs")))
                    .isEmpty();
        }
    }
}
