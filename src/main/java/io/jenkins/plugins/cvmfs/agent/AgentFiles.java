package io.jenkins.plugins.cvmfs.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.cvmfs.engine.runner.LeftDirectories;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jenkins.agents.ControllerToAgentFileCallable;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The files of a workspace. Files outside of it are treated as missing. */
@Restricted(NoExternalUse.class)
public final class AgentFiles implements WorkspaceFiles {
    private final FilePath workspace;
    private final Map<String, Kind> asked = new HashMap<>();
    private final Map<String, Optional<String>> texts = new HashMap<>();

    /** @param workspace a directory; before {@link #survey} it may be missing */
    public AgentFiles(FilePath workspace) {
        this.workspace = workspace;
    }

    /**
     * Makes the workspace, and looks at all files at once that a build is going to ask for, since each question of its
     * own is a round trip to the agent.
     *
     * @param paths as they will be asked for; others may be asked for as well
     */
    public void survey(List<String> paths) throws IOException, InterruptedException {
        Map<String, Seen> seen = workspace.act(new Survey(new ArrayList<>(paths)));
        for (String path : paths) {
            Seen file = seen == null ? null : seen.get(path);
            if (file != null && file.kind() != null) {
                asked.put(path, file.kind());
                texts.put(path, Optional.ofNullable(file.text()));
            }
        }
    }

    @Override
    public boolean isFile(String path) {
        return kind(path) == Kind.FILE;
    }

    @Override
    public boolean isDirectory(String path) {
        return kind(path) == Kind.DIRECTORY;
    }

    @Override
    public boolean isOutside(String path) {
        return kind(path) == Kind.OUTSIDE;
    }

    @Override
    public boolean hides(String address) {
        return isDirectory(address);
    }

    /** The text of a regular file in the workspace; empty if there is none, or it is larger than 1 MiB. */
    @Override
    public Optional<String> text(String path) {
        if (!isFile(path)) {
            return Optional.empty();
        }
        if (texts.containsKey(path)) {
            return texts.get(path);
        }
        try {
            return Optional.ofNullable(workspace.act(new Read(path)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path + " in the workspace " + workspace.getRemote(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while reading the workspace", e);
        }
    }

    private Kind kind(String path) {
        return asked.computeIfAbsent(path, this::look);
    }

    private Kind look(String path) {
        try {
            return workspace.act(new Look(path));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at the workspace " + workspace.getRemote(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while looking at the workspace", e);
        }
    }

    /**
     * The real path for a path that a user gave; links inside the workspace are followed.
     *
     * @param directory the workspace
     * @return empty if nothing has that name
     */
    private static Optional<Path> real(File directory, String path) throws IOException {
        try {
            return Optional.of(directory.toPath().toRealPath().resolve(path).toRealPath());
        } catch (InvalidPathException | FileSystemException e) {
            // No such file, a loop of links, or a file that is used as a directory.
            return Optional.empty();
        }
    }

    /**
     * A file, as it was seen.
     *
     * @param text of a regular file that can be read, or null
     */
    record Seen(Kind kind, String text) implements Serializable {}

    /** @param paths what the user wrote */
    record Survey(ArrayList<String> paths) implements ControllerToAgentFileCallable<HashMap<String, Seen>> {
        @Override
        public HashMap<String, Seen> invoke(File directory, VirtualChannel channel) throws IOException {
            Files.createDirectories(directory.toPath());
            HashMap<String, Seen> seen = new HashMap<>();
            for (String path : paths) {
                Kind kind = new Look(path).invoke(directory, channel);
                seen.put(path, new Seen(kind, kind == Kind.FILE ? new Read(path).invoke(directory, channel) : null));
            }
            return seen;
        }
    }

    /** @param path of a file in the workspace */
    record Read(String path) implements ControllerToAgentFileCallable<String> {
        /** Larger than any file written by hand. */
        static final int MOST = 1 << 20;

        @Override
        public String invoke(File directory, VirtualChannel channel) throws IOException {
            Optional<Path> file = real(directory, path);
            // What was seen before may have been replaced meanwhile.
            if (file.isEmpty()
                    || !file.get().startsWith(directory.toPath().toRealPath())
                    || !Files.isRegularFile(file.get(), LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            try (InputStream stream = Files.newInputStream(file.get(), LinkOption.NOFOLLOW_LINKS)) {
                byte[] bytes = stream.readNBytes(MOST + 1);
                return bytes.length > MOST ? null : new String(bytes, StandardCharsets.UTF_8);
            }
        }
    }

    /** What a path refers to. */
    enum Kind {
        FILE,
        DIRECTORY,
        OUTSIDE,
        NOTHING
    }

    /** @param path the path as the user wrote it */
    record Look(String path) implements ControllerToAgentFileCallable<Kind> {
        /**
         * docker would fetch such a URL even if the workspace has a file of that name, but would use a directory of
         * that name.
         */
        private static final String URL = "://";

        /** Suffix of Jenkins' directories for temporary files. */
        private static final String TEMPORARY = "tmp";

        private static final int LINKS_MOST = 40;

        @Override
        public Kind invoke(File directory, VirtualChannel channel) throws IOException {
            Path workspace = directory.toPath().toRealPath();
            try {
                Path named = workspace.resolve(path).normalize();
                // docker resolves ".." before it looks a path up, the kernel while doing so.
                boolean within = named.startsWith(workspace) || named.startsWith(directory.toPath());
                if (!within || !isInside(workspace, end(workspace.resolve(path)))) {
                    return Kind.OUTSIDE;
                }
            } catch (InvalidPathException e) {
                return Kind.NOTHING;
            }
            return real(directory, path)
                    .map(real -> kind(workspace, real))
                    .filter(kind -> kind != Kind.FILE || !path.contains(URL))
                    .orElse(Kind.NOTHING);
        }

        /**
         * The path with links followed, even if nothing exists there yet. For a loop of links, the place where
         * following stopped.
         */
        private static Path end(Path path) throws IOException {
            Deque<Path> names = new ArrayDeque<>();
            path.forEach(names::add);
            Path at = path.getRoot();
            int links = 0;
            while (!names.isEmpty()) {
                Path next = at.resolve(names.pop());
                if (next.endsWith("..")) {
                    at = at.getParent() == null ? at : at.getParent();
                } else if (Files.isSymbolicLink(next) && links++ < LINKS_MOST) {
                    Path target = Files.readSymbolicLink(next);
                    at = target.isAbsolute() ? target.getRoot() : at;
                    for (int i = target.getNameCount() - 1; i >= 0; i--) {
                        names.push(target.getName(i));
                    }
                } else if (!next.endsWith(".")) {
                    at = next;
                }
            }
            return at;
        }

        /**
         * Whether a path is inside the workspace, but not in the private directory of another build whose workspace is
         * inside this one.
         */
        private static boolean isInside(Path workspace, Path end) {
            if (!end.startsWith(workspace)) {
                return false;
            }
            Path rest = workspace.relativize(end);
            for (int i = 1; i < rest.getNameCount(); i++) {
                if (rest.getName(i).toString().startsWith(LeftDirectories.PREFIX)
                        && rest.getName(i - 1).toString().endsWith(TEMPORARY)) {
                    return false;
                }
            }
            return true;
        }

        private static Kind kind(Path workspace, Path real) {
            if (!real.startsWith(workspace)) {
                return Kind.OUTSIDE;
            }
            if (Files.isDirectory(real)) {
                return Kind.DIRECTORY;
            }
            // Not a FIFO, which is read without end, nor a device.
            return Files.isRegularFile(real) && Files.isReadable(real) ? Kind.FILE : Kind.NOTHING;
        }
    }
}
