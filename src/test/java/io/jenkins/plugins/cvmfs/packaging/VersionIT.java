package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line says that it is. */
class VersionIT {
    private static final String NONE = "from sources";

    @TempDir
    private Path home;

    @Test
    void theVersionNamesTheCommitOfACheckout() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        String commit = Files.exists(here.resolve(".git"))
                ? run(here, "git", "describe", "--always", "--exclude=*", "--abbrev=12", "--dirty")
                : NONE;
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();

        assertThat(run(home, java, "-jar", System.getProperty("cli.jar"), "--version"))
                .matches("\\S+ \\(.+\\)")
                .endsWith(" (" + commit + ")");
    }

    @Test
    void sourcesWithoutAHistoryAreNotTheCommitOfARepositoryAroundThem() throws Exception {
        Path around = repository(Files.createDirectory(home.resolve("around")));

        assertThat(commit(sources(around))).isEqualTo(NONE);
    }

    @Test
    void theCommitSaysWhetherTheSourcesWereChanged() throws Exception {
        Path sources = repository(sources(home));
        String commit = run(sources, "git", "rev-parse", "HEAD").substring(0, 12);

        assertThat(commit(sources)).isEqualTo(commit);
        Files.writeString(sources.resolve("pom.xml"), "\n", StandardOpenOption.APPEND);
        assertThat(commit(sources)).isEqualTo(commit + "-dirty");
        assertThat(commit(sources, "-Dcommit=given")).isEqualTo("given");
    }

    /** As much of the sources as finds the commit. */
    private static Path sources(Path parent) throws IOException {
        Path sources = parent.resolve("sources");
        Files.createDirectories(sources.resolve("packaging"));
        for (String pom : List.of("pom.xml", "packaging/pom.xml")) {
            Files.copy(Path.of(pom), sources.resolve(pom));
        }
        return sources;
    }

    private static Path repository(Path directory) throws IOException, InterruptedException {
        run(directory, "git", "init", "--quiet");
        run(directory, "git", "add", "--all");
        run(
                directory,
                "git",
                "-c",
                "user.name=a",
                "-c",
                "user.email=a@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "--message=a");
        return directory;
    }

    private static String commit(Path sources, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mvn", "-q", "-B"));
        command.addAll(List.of(options));
        command.addAll(List.of("initialize", "help:evaluate", "-DforceStdout", "-Dexpression=commit"));
        // Maven wraps what it prints in codes of the terminal.
        return run(sources, command.toArray(String[]::new)).replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        return Release.run(builder).strip();
    }
}
