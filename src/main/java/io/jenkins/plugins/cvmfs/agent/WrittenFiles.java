package io.jenkins.plugins.cvmfs.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import jenkins.agents.ControllerToAgentFileCallable;

/**
 * The files that a build exported, before they leave the agent. The image decides what the exported directory contains,
 * so no link is followed anywhere, and the number and size of the files are limited.
 */
public final class WrittenFiles {
    private static final int MOST = 1000;

    private WrittenFiles() {}

    /**
     * Lists the regular files.
     *
     * @param directory that contains them
     * @param paths of files and directories below it; missing ones are skipped
     * @param largest total size in bytes
     * @return their paths relative to the directory
     * @throws IOException if a path leads elsewhere, or they are too many or too large
     */
    public static List<String> of(FilePath directory, Collection<String> paths, long largest)
            throws IOException, InterruptedException {
        return directory.act(new Find(new ArrayList<>(paths), largest));
    }

    /** The part that runs on the agent. */
    record Find(ArrayList<String> paths, long largest) implements ControllerToAgentFileCallable<ArrayList<String>> {
        @Override
        public ArrayList<String> invoke(File directory, VirtualChannel channel) throws IOException {
            Path root = directory.toPath().toRealPath();
            Finding finding = new Finding(root, largest);
            for (String path : paths) {
                Path start = start(root, path);
                if (Files.exists(start, LinkOption.NOFOLLOW_LINKS)) {
                    Files.walkFileTree(start, finding);
                }
            }
            return new ArrayList<>(finding.found);
        }

        private static Path start(Path root, String path) throws IOException {
            Path start;
            try {
                start = root.resolve(path).normalize();
            } catch (InvalidPathException e) {
                throw new IOException("the path " + path + " is none");
            }
            if (!start.startsWith(root)) {
                throw new IOException("the path " + path + " is outside the workspace");
            }
            Path at = root;
            for (Path name : root.relativize(start)) {
                at = at.resolve(name);
                if (Files.isSymbolicLink(at)) {
                    throw new IOException("the path " + path + " leads through a link");
                }
            }
            return start;
        }
    }

    private static final class Finding extends SimpleFileVisitor<Path> {
        private final Path root;
        private final long largest;
        private final TreeSet<String> found = new TreeSet<>();
        private long size;

        Finding(Path root, long largest) {
            this.root = root;
            this.largest = largest;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!attributes.isRegularFile()) {
                return FileVisitResult.CONTINUE;
            }
            String path = root.relativize(file).toString();
            if (path.chars().anyMatch(Character::isISOControl)) {
                throw new IOException("a file has a control character in its name");
            }
            if (found.add(path)) {
                size += attributes.size();
            }
            if (found.size() > MOST) {
                throw new IOException("there are more than " + MOST + " files; export an archive (type=tar)");
            }
            if (size > largest) {
                throw new IOException("they are larger than " + (largest >> 20) + " MiB");
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
