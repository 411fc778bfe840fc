package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged command line as a process. */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CommandLineDockerIT {
    private static final String COPY = "#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README ~/readme\n";

    private static void nothingIsLeft(Rig rig) throws Exception {
        assertThat(rig.made()).isEmpty();
        try (Stream<Path> files = Files.list(rig.temporary())) {
            assertThat(files).as("temporary files").isEmpty();
        }
    }

    @Test
    void buildsByBothStrategiesAndWritesTheRecord(Rig rig) throws Exception {
        String committed = rig.in(Registry.plain(), "committed:1");
        Ran commit = Ran.of(rig.cli(
                "build",
                "--strategy=commit",
                "--base-image=" + Rig.baseImage(),
                "--mounts=cms.cern.ch",
                "--setup=" + COPY,
                "--tag=" + committed,
                "--push",
                "--record=record.json"));
        assertThat(commit.exitCode()).as(commit.err()).isZero();
        ImageRecord record =
                ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")));
        Asserts.registriesHave(rig, record);
        assertThat(commit.out())
                .startsWith("Built " + committed + " in ")
                .contains(
                        "\n  pushed: " + record.images().get(0).reference() + "\n",
                        "\n  image ID: " + record.imageId() + "\n",
                        " in the engine",
                        "\n  cms.cern.ch: revision ");

        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo " + rig.id() + " >/id\n");
        String built = rig.in(Registry.secret(), "built:1");
        Ran build = Ran.of(rig.cli(
                "build", "--builder-driver=docker", "--tag=" + built, "--push", "--load", "--record=record.json"));
        assertThat(build.exitCode()).as(build.err()).isZero();
        record = ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")));
        Asserts.registriesHave(rig, record);
        Asserts.engineHas(rig, record);
        assertThat(build.err()).contains("RUN echo " + rig.id()).doesNotContain(Registry.password());
        nothingIsLeft(rig);
    }

    @Test
    void hasDockerCheckTheDockerfileAndBuildsNothing(Rig rig) throws Exception {
        String[] check = {"build", "--builder-driver=docker", "--call=check", "--load", "--tag=" + rig.local("a:1")};
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo a >/a\n");
        Ran clean = Ran.of(rig.cli(check));
        assertThat(clean.exitCode()).as(clean.err()).isZero();
        assertThat(clean.out()).isEmpty();

        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo a >/a\ncmd echo a\n");
        Ran found = Ran.of(rig.cli(check));
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out()).contains("Dockerfile:3: warning: ", "[ConsistentInstructionCasing]");
        assertThat(found.err())
                .contains("The Dockerfile did not pass Docker's check.")
                .doesNotContain("Exception");
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
        nothingIsLeft(rig);
    }

    @Test
    void reportsTheSetupScriptsExitCode(Rig rig) throws Exception {
        Ran build = Ran.of(rig.cli(
                "build",
                "--strategy=commit",
                "--base-image=" + Rig.baseImage(),
                "--mounts=cms.cern.ch",
                "--setup=#!/bin/bash\necho so far\nexit 7\n",
                "--tag=" + rig.local("a:1"),
                "--record=record.json"));
        assertThat(build.exitCode()).isEqualTo(1);
        assertThat(build.err())
                .contains("so far", "The setup script failed with exit code 7.")
                .doesNotContain("Exception");
        assertThat(build.out()).isEmpty();
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
        assertThat(rig.workspace().resolve("record.json")).doesNotExist();
        nothingIsLeft(rig);
    }

    @Test
    void runsNoDockerForBadInput(Rig rig) throws Exception {
        Path called = rig.workspace().resolve("called");
        Path bin = Files.createDirectory(rig.workspace().resolve("bin"));
        Path docker = Files.writeString(bin.resolve("docker"), "#!/bin/sh\necho \"$*\" >>'" + called + "'\n");
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        rig.set("PATH", bin + ":" + System.getenv("PATH"));

        Ran build = Ran.of(
                rig.cli("build", "--strategy=commit", "--mounts=NOT/ONE", "--uid=me", "--tag=UPPER", "--no-load"));
        assertThat(build.exitCode()).isEqualTo(2);
        assertThat(build.err())
                .contains("--strategy", "--mounts", "NOT/ONE", "--uid", "me", "--tag", "UPPER", "--load");
        assertThat(build.out()).isEmpty();
        assertThat(called).doesNotExist();
        nothingIsLeft(rig);
    }

    @ParameterizedTest
    @CsvSource({"TERM, commit", "INT, commit", "TERM, docker", "INT, docker"})
    void leavesNothingWhenASignalEndsIt(String signal, String how, Rig rig) throws Exception {
        rig.write(
                "Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo in the 'middle' " + rig.id() + " && sleep 600\n");
        ProcessBuilder cli = how.equals("commit")
                ? rig.cli(
                        "build",
                        "--strategy=commit",
                        "--base-image=" + Rig.baseImage(),
                        "--mounts=cms.cern.ch",
                        "--setup=#!/bin/bash\necho in the 'middle'; sleep 600\n",
                        "--tag=" + rig.local("a:1"))
                : rig.cli("build", "--builder-driver=docker", "--tag=" + rig.local("a:1"));
        Process process = cli.redirectErrorStream(true).start();
        try {
            BufferedReader output = process.inputReader();
            StringBuilder seen = new StringBuilder();
            String line = output.readLine();
            while (line != null && !line.contains("in the middle")) {
                seen.append(line).append('\n');
                line = output.readLine();
            }
            assertThat(line).as("what was written: %s", seen).isNotNull();
            if (how.equals("commit")) {
                assertThat(rig.made()).as("containers while it runs").hasSize(1);
            }
            Ran.of(rig.process("kill", "-s", signal, String.valueOf(process.pid())))
                    .answer();
            while (output.readLine() != null) {
                continue;
            }
            assertThat(process.waitFor()).isEqualTo(signal.equals("INT") ? 130 : 143);
        } finally {
            process.destroyForcibly();
        }
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
        nothingIsLeft(rig);
    }

    @Test
    void printsAScriptThatBuildsTheSameImageByHand(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo " + rig.id() + " >/id\n");
        Path byHand = byHand(
                rig,
                Ran.of(rig.cli("plan", "--library", "--builder-driver=docker", "--tag=" + rig.local("a:1")))
                        .answer());
        assertThat(Ran.of(rig.cli("build", "--builder-driver=docker", "--tag=" + rig.local("b:1")))
                        .exitCode())
                .isZero();
        assertThat(rig.image(rig.local("a:1")).path("Id"))
                .isEqualTo(rig.image(rig.local("b:1")).path("Id"));
        if (!rig.containerdStore()) {
            assertThat(byHand.resolve("results/iid"))
                    .hasContent(rig.image(rig.local("a:1")).path("Id").asText());
        }
        Rig.delete(byHand);
    }

    @Test
    void printsAScriptThatCommitsTheSameByHand(Rig rig) throws Exception {
        Path byHand = byHand(
                rig,
                Ran.of(rig.cli(
                                "plan",
                                "--library",
                                "--strategy=commit",
                                "--base-image=" + Rig.baseImage(),
                                "--mounts=cms.cern.ch",
                                "--setup=" + COPY,
                                "--tag=" + rig.local("a:1")))
                        .answer());
        Cvmfs.assertCopied(rig, rig.local("a:1"), "/home/cmsusr/readme");
        Rig.delete(byHand);
    }

    /** Lays a printed plan down as a reader would, and runs its script. */
    private static Path byHand(Rig rig, String plan) throws Exception {
        Path directory = Files.createDirectory(rig.workspace().resolve("by-hand"));
        String[] parts = ("build.sh\n" + plan + "\n").split("\n# ---- ");
        for (String part : parts) {
            int line = part.indexOf('\n');
            Path file = directory.resolve(part.substring(0, line));
            Files.createDirectories(file.getParent());
            Files.writeString(file, part.substring(line + 1));
        }
        Ran.of(rig.process("sh", "by-hand/build.sh")).answer();
        return directory;
    }
}
