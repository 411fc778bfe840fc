package io.jenkins.plugins.cvmfs.packaging;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The release artifacts, made from a copy of the sources, so that a running build keeps its own output. */
public final class Release {
    private static final List<String> TOOLS = List.of("help2man", "dpkg-deb", "python3", "openssl");

    private static Release made;

    private final Path directory;

    private Release(Path directory) {
        this.directory = directory;
    }

    /** The artifacts; they are made once for all tests. Skips the test where a tool is missing that makes them. */
    public static synchronized Release made() throws IOException, InterruptedException {
        Optional<String> missing = TOOLS.stream().filter(tool -> !isThere(tool)).findFirst();
        assumeTrue(missing.isEmpty(), () -> missing.orElseThrow() + " is not installed, which bin/release needs");
        if (made == null) {
            made = make("bin/release");
        }
        return made;
    }

    /** Makes the artifacts once more, in a directory that is named. */
    static Release makeElsewhere() throws IOException, InterruptedException {
        return make("bin/release", "else where");
    }

    private static Release make(String... command) throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("cvmfs-release-test");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(home)));
        Path sources = home.resolve("sources");
        for (String top : List.of("bin", "packaging", "src", "pom.xml", "LICENSE.md", "CHANGELOG.md")) {
            copy(Path.of(top), sources.resolve(top));
        }
        Path artifacts = sources.resolve(command.length > 1 ? command[1] : "target/release");
        ProcessBuilder builder = new ProcessBuilder(command).directory(sources.toFile());
        builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + System.getProperty("maven.repo.local"));
        run(builder);
        return new Release(artifacts);
    }

    /** An artifact by the end of its name. */
    public Path artifact(String end) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(end))
                    .findFirst()
                    .orElseThrow(() -> new IOException("bin/release made no file that ends with " + end));
        }
    }

    Path directory() {
        return directory;
    }

    /** Runs a command that must succeed, and gives what it wrote. */
    static String run(ProcessBuilder builder) throws IOException, InterruptedException {
        builder.redirectErrorStream(true).redirectInput(new File("/dev/null"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(
                    String.join(" ", builder.command()) + " ended with " + process.exitValue() + ":\n" + output);
        }
        return output;
    }

    private static boolean isThere(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
