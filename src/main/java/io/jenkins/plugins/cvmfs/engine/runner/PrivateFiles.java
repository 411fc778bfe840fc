package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Writes files to the private directory of a build, and reads and removes what the build wrote there. No link is
 * followed anywhere, only regular files are opened, and a size limit applies.
 *
 * <p>If the system supports it, each step starts from the open directory of the step before, so that nobody can replace
 * a directory in between.
 */
public final class PrivateFiles {
    private static final String NOT_REGULAR = "it is not a regular file";
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private PrivateFiles() {}

    /**
     * Reads a file.
     *
     * @param directory an untrusted directory
     * @param path of the file below it
     * @param limit in bytes
     * @return the text, or a problem if it is not a regular file or too large
     */
    public static FileContent read(Path directory, String path, int limit) throws IOException {
        try (DirectoryStream<Path> parent = Files.newDirectoryStream(parent(directory))) {
            Path whole = directory.getFileName().resolve(path);
            return parent instanceof SecureDirectoryStream<Path> secure
                    ? read(secure, whole, limit)
                    : readByPath(parent(directory), whole, limit);
        } catch (NoSuchFileException e) {
            return FileContent.NONE;
        } catch (FileSystemException e) {
            return FileContent.refused(e.getReason() == null ? NOT_REGULAR : NOT_REGULAR + " (" + e.getReason() + ")");
        }
    }

    private static FileContent read(SecureDirectoryStream<Path> directory, Path path, int limit) throws IOException {
        Path first = path.getName(0);
        if (path.getNameCount() > 1) {
            try (SecureDirectoryStream<Path> next = directory.newDirectoryStream(first, LinkOption.NOFOLLOW_LINKS)) {
                return read(next, path.subpath(1, path.getNameCount()), limit);
            }
        }
        BasicFileAttributeView view =
                directory.getFileAttributeView(first, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        // Opening a FIFO would wait for a writer.
        if (!view.readAttributes().isRegularFile()) {
            return FileContent.refused(NOT_REGULAR);
        }
        try (SeekableByteChannel channel = directory.newByteChannel(first, READ)) {
            return read(channel, limit);
        }
    }

    private static FileContent readByPath(Path parent, Path path, int limit) throws IOException {
        Path file = parent;
        for (Path name : path) {
            file = file.resolve(name);
            if (Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .isSymbolicLink()) {
                return FileContent.refused(NOT_REGULAR);
            }
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return FileContent.refused(NOT_REGULAR);
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file, READ)) {
            return read(channel, limit);
        }
    }

    private static FileContent read(SeekableByteChannel channel, int limit) throws IOException {
        int size = (int) Math.min(channel.size(), limit) + 1;
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // Until the end of the file, or the limit.
        }
        return bytes.position() > limit
                ? FileContent.refused(tooLarge(limit))
                : FileContent.of(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8));
    }

    static String tooLarge(int limit) {
        return "it is larger than " + limit / 1024 + " KiB";
    }

    /**
     * Writes a plan's files.
     *
     * @param directory a directory of this user, without these files
     * @throws IOException also if one of them exists
     */
    public static void layDown(Path directory, List<PlannedFile> files) throws IOException {
        Files.createDirectories(directory.resolve(ResultFile.FOLDER));
        for (PlannedFile file : files) {
            Path path = create(directory, file.path());
            Files.writeString(path, file.content(), StandardCharsets.UTF_8);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString(file.executable() ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }

    /**
     * Creates an empty file for this user alone, with the directories above it.
     *
     * @param directory a directory of this user
     * @param path of the file below it
     * @throws IOException also if it exists
     */
    public static Path create(Path directory, String path) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.createFile(
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    /**
     * Removes a directory of this user and everything in it. Does nothing if it does not exist.
     *
     * @throws IOException also if the directory belongs to another user, or is a link
     */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (DirectoryStream<Path> parent = Files.newDirectoryStream(parent(directory))) {
            if (parent instanceof SecureDirectoryStream<Path> secure) {
                deleteOwn(secure, directory.getFileName());
            } else {
                deleteByPath(directory);
            }
        }
    }

    private static void deleteOwn(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try (SecureDirectoryStream<Path> directory = parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
            UserPrincipal owner =
                    directory.getFileAttributeView(FileOwnerAttributeView.class).getOwner();
            if (own().isPresent() && !own().equals(Optional.of(owner))) {
                throw new FileSystemException(name.toString(), null, "owned by another user");
            }
            deleteEntries(directory);
        } catch (NoSuchFileException e) {
            return;
        }
        deleteEmpty(parent, name);
    }

    /** The user of this process; empty if unknown. */
    static Optional<UserPrincipal> own() {
        try {
            return Optional.of(Files.getOwner(Path.of("/proc/self")));
        } catch (IOException e) {
            return byName();
        }
    }

    private static Optional<UserPrincipal> byName() {
        try {
            return Optional.of(FileSystems.getDefault()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    // Others may remove the same at the same time.
    private static void deleteEntries(SecureDirectoryStream<Path> directory) throws IOException {
        for (Path entry : directory) {
            deleteEntry(directory, entry.getFileName());
        }
    }

    private static void deleteEmpty(SecureDirectoryStream<Path> parent, Path name) throws IOException {
        try {
            parent.deleteDirectory(name);
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private static void deleteEntry(SecureDirectoryStream<Path> directory, Path name) throws IOException {
        try {
            BasicFileAttributeView view =
                    directory.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            if (!view.readAttributes().isDirectory()) {
                directory.deleteFile(name);
                return;
            }
            try (SecureDirectoryStream<Path> below = directory.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                deleteEntries(below);
            }
            deleteEmpty(directory, name);
        } catch (NoSuchFileException e) {
            return;
        }
    }

    private static void deleteByPath(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static Path parent(Path directory) {
        return directory.toAbsolutePath().getParent();
    }
}
