package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Identifies a process even if its number is reused: boot, pid namespace, number and start time. */
final class ProcessMark {
    private static final Path PROC = Path.of("/proc");
    private static final int WORDS = 4;
    private static final int STATE = 0;
    private static final int START = 19;

    private ProcessMark() {}

    /** The mark of this process; empty if unknown. */
    static Optional<String> own() {
        return of(ProcessHandle.current().pid());
    }

    private static Optional<String> of(long pid) {
        return start(pid).flatMap(start -> system().map(system -> system + " " + pid + " " + start));
    }

    /** Whether the process has certainly ended. Nothing is known about processes of other systems or containers. */
    static boolean hasEnded(String mark) {
        String[] words = mark.strip().split(" ");
        if (words.length != WORDS || !system().equals(Optional.of(words[0] + " " + words[1]))) {
            return false;
        }
        try {
            return !of(Long.parseLong(words[2])).equals(Optional.of(mark.strip()));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Optional<String> system() {
        try {
            return Optional.of(Files.readString(PROC.resolve("sys/kernel/random/boot_id"))
                            .strip() + " " + Files.readSymbolicLink(PROC.resolve("self/ns/pid")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    // An ended process stays a zombie until its parent waits for it, which the first process of a container may never
    // do.
    private static Optional<String> start(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[STATE].equals("Z") ? Optional.empty() : Optional.of(fields[START]);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether a process is a zombie. */
    static boolean isZombie(long pid) {
        return Files.exists(PROC.resolve(pid + "/stat")) && start(pid).isEmpty();
    }
}
