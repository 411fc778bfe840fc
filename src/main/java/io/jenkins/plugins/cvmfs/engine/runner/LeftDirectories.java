package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes private directories of builds that were killed before they could do so themselves.
 *
 * <p>A build runs as long as a process has its script in its command line. After it has ended, its results may still be
 * read. So builds of the same owner never touch it, and others wait for a while, or until the reading process has
 * ended.
 */
public final class LeftDirectories {
    /** The name of every private directory. */
    public static final String PREFIX = "cvmfs-derived-image-";

    /** The file that names the owner of a directory. */
    public static final String OWNER = "owner";

    private static final String READER = "reader";
    private static final int SMALL = 4096;
    private static final Pattern PID_FORM = Pattern.compile("[1-9][0-9]{0,9}");
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f]+");
    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path parent;
    private final String owner;
    private final Duration patience;

    /**
     * @param parent the directory that contains private directories
     * @param owner the owner whose directories are kept, or an empty text
     * @param patience how long a directory must have been unchanged
     */
    public LeftDirectories(Path parent, String owner, Duration patience) {
        this.parent = parent;
        this.owner = owner;
        this.patience = patience;
    }

    /** Registers this process as the reader of a build's results, so that nobody waits for it after it has ended. */
    public static void noteReader(Path directory) throws IOException {
        Optional<String> mark = ProcessMark.own();
        if (mark.isPresent()) {
            Files.writeString(directory.resolve(READER), mark.get() + "\n");
        }
    }

    /**
     * Removes what was left. Directories that cannot be removed are skipped: they may belong to another user, or
     * another build is removing them.
     */
    public void remove() throws IOException {
        for (Path directory : left()) {
            try {
                PrivateFiles.delete(directory);
            } catch (IOException e) {
                continue;
            }
        }
    }

    /** The directories left by this user's builds. A directory that cannot be read belongs to another user. */
    public List<Path> left() throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> left = new ArrayList<>();
        try (Stream<Path> directories = Files.list(parent)) {
            for (Path directory : directories
                    .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                    .toList()) {
                try {
                    if (isLeft(directory)) {
                        left.add(directory);
                    }
                } catch (IOException e) {
                    continue;
                }
            }
        }
        return left;
    }

    private boolean isLeft(Path directory) throws IOException {
        return Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
                && PrivateFiles.own().equals(Optional.of(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS)))
                && Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS)
                        .equals(PRIVATE)
                && (owner.isEmpty() || !owner.equals(text(directory, OWNER).orElse("")))
                && (newest(directory).isBefore(Instant.now().minus(patience))
                        || text(directory, READER).filter(ProcessMark::hasEnded).isPresent())
                && !isRunning(directory);
    }

    private static Instant newest(Path directory) throws IOException {
        Instant newest = Files.getLastModifiedTime(directory).toInstant();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Instant modified = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                newest = modified.isAfter(newest) ? modified : newest;
            }
        }
        return newest;
    }

    /** The process id may have been reused. */
    private static boolean isRunning(Path directory) {
        String script = directory.getFileName() + "/" + BuildPlan.SCRIPT;
        return text(directory, BuildPlan.PID)
                .map(String::strip)
                .filter(pid -> PID_FORM.matcher(pid).matches())
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .filter(process -> process.isAlive() && !ProcessMark.isZombie(process.pid()))
                .map(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).stream().anyMatch(word -> word.endsWith(script)))
                        .orElse(true))
                .orElse(false);
    }

    private static Optional<String> text(Path directory, String file) {
        try {
            return PrivateFiles.read(directory, file, SMALL).readable();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
