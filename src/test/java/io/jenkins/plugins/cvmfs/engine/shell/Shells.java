package io.jenkins.plugins.cvmfs.engine.shell;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The POSIX shells of this machine. */
public final class Shells {
    private static final List<List<String>> KNOWN =
            List.of(List.of("sh"), List.of("dash"), List.of("bash", "--posix"), List.of("busybox", "sh"));

    private Shells() {}

    /** Those that are here, as the words to put before a script's path; {@code sh} must be. */
    public static List<List<String>> present() {
        List<List<String>> present = new ArrayList<>();
        for (List<String> shell : KNOWN) {
            find(shell.get(0)).ifPresent(program -> {
                List<String> words = new ArrayList<>(shell);
                words.set(0, program.toString());
                present.add(words);
            });
        }
        if (find("sh").isEmpty()) {
            throw new AssertionError("this machine has no sh");
        }
        return present;
    }

    /** Where the PATH has a command. */
    public static Optional<Path> find(String command) {
        return Stream.concat(
                        Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/bin", "/usr/bin"))
                .map(directory -> Path.of(directory, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
