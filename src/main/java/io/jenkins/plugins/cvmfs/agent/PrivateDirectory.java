package io.jenkins.plugins.cvmfs.agent;

import hudson.FilePath;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.cvmfs.engine.login.DockerConfig;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.runner.FileContent;
import io.jenkins.plugins.cvmfs.engine.runner.LeftDirectories;
import io.jenkins.plugins.cvmfs.engine.runner.PrivateFiles;
import io.jenkins.plugins.cvmfs.engine.runner.ResultTexts;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import jenkins.agents.ControllerToAgentFileCallable;

/** Fills and reads a build's private directory on the agent, each in one call over the channel. */
public final class PrivateDirectory {
    /** The folder in the private directory with the scripts that start and stop a durable build. */
    public static final String FOLDER = "durable/";

    /** Stops the build. */
    public static final String STOP = FOLDER + "stop.sh";

    /** The inner step's own directory. */
    public static final String WORK = FOLDER + "work";

    /** Is there when everything was laid down for a durable build. */
    public static final String READY = FOLDER + "ready";

    /** What the exit code is in, below {@link #FOLDER}. */
    static final String EXIT_NAME = "exit";

    private static final String EXIT = FOLDER + EXIT_NAME;

    private static final String DOCKER = "docker";

    /** The variable that names the run. */
    private static final String RUN = "BUILD_TAG";

    private static final String PATH = "PATH";

    private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

    /** Longer than another run may leave its results unread. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private PrivateDirectory() {}

    /**
     * The text of a script.
     *
     * @param owner a class of the package that has the script
     */
    public static String resource(Class<?> owner, String name) throws IOException {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }

    /**
     * Makes the directory with the plan's files, the secrets and the docker configuration.
     *
     * @param files the plan's files
     * @param secrets contents by path, for the user alone
     * @param auths Base64 of {@code user:password} by registry
     * @param variables the environment in which the build's commands run
     * @param dockerConfig the {@code DOCKER_CONFIG} that administrators set for the agent, or null
     * @param dockerHome the home of the Docker installation whose docker command is used, or null
     * @param durable whether Jenkins may lose sight of the build, and this may be done again
     */
    public record Fill(
            ArrayList<PlannedFile> files,
            HashMap<String, byte[]> secrets,
            HashMap<String, String> auths,
            HashMap<String, String> variables,
            String dockerConfig,
            String dockerHome,
            boolean durable)
            implements ControllerToAgentFileCallable<HashMap<String, String>> {
        /** Jenkins describes a call to an agent by this text, in logs too, so it contains no logins. */
        @Override
        public String toString() {
            return "Fill[" + files.size() + " files, " + secrets.size() + " secrets]";
        }

        @Override
        public HashMap<String, String> invoke(File directory, VirtualChannel channel) throws IOException {
            Path root = directory.toPath();
            Files.createDirectories(root.getParent());
            String owner = variables.getOrDefault(RUN, "");
            new LeftDirectories(root.getParent(), owner, PATIENCE).remove();
            if (durable) {
                PrivateFiles.delete(root);
            }
            Files.createDirectory(root, mode("rwx------"));
            Files.writeString(root.resolve(LeftDirectories.OWNER), owner);
            PrivateFiles.layDown(root, files);
            for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
                Files.write(PrivateFiles.create(root, secret.getKey()), secret.getValue());
            }
            Path home = dockerHome == null ? null : Path.of(dockerHome);
            HashMap<String, String> environment =
                    new HashMap<>(new DockerConfig(variables, dockerConfig, home).write(root.resolve(DOCKER), auths));
            if (home != null) {
                environment.put(PATH, home.resolve("bin") + ":" + variables.getOrDefault(PATH, USUAL_PATH));
            }
            if (durable) {
                completeDurable(root, environment);
            }
            return environment;
        }

        /** Adds the variables that select the docker configuration, and a mark that everything has been written. */
        private static void completeDurable(Path root, Map<String, String> environment) throws IOException {
            StringBuilder exports = new StringBuilder();
            environment.forEach((name, value) -> exports.append("export ")
                    .append(name)
                    .append('=')
                    .append(ShellWord.literal(value))
                    .append('\n'));
            Files.writeString(root.resolve(FOLDER + "environment"), exports, StandardCharsets.UTF_8);
            Files.createDirectory(root.resolve(WORK));
            Files.createFile(root.resolve(READY));
        }
    }

    /** Reads how a durable build ended. */
    public record End() implements ControllerToAgentFileCallable<Ending> {
        private static final int EXIT_LIMIT = 16;
        private static final int OUTPUT_LIMIT = 32 * 1024;
        private static final Pattern EXIT_CODE = Pattern.compile("[0-9]{1,3}");

        @Override
        public Ending invoke(File directory, VirtualChannel channel) throws IOException {
            Path root = directory.toPath();
            String exit = text(root, EXIT, EXIT_LIMIT).strip();
            boolean ended = EXIT_CODE.matcher(exit).matches();
            return new Ending(
                    ended ? Integer.valueOf(exit) : null,
                    text(root, FOLDER + "output", OUTPUT_LIMIT),
                    ended ? changed(root.resolve(EXIT)) - changed(root.resolve(FOLDER + "lock")) : 0);
        }

        private static long changed(Path file) throws IOException {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        }
    }

    /** The text of a file that a build has left; empty if there is none that can be read. */
    static String text(Path root, String file, int limit) throws IOException {
        return PrivateFiles.read(root, file, limit).readable().orElse("");
    }

    /** What a durable build has left: how it ended, and its results. */
    public record Left(Ending ending, EnumMap<ResultFile, FileContent> results) implements Serializable {
        /** An agent may answer what it likes. */
        public Left {
            Objects.requireNonNull(ending);
            Objects.requireNonNull(results);
        }
    }

    /** Reads what a durable build has left. */
    public record Leave() implements ControllerToAgentFileCallable<Left> {
        @Override
        public Left invoke(File directory, VirtualChannel channel) throws IOException {
            return new Left(new End().invoke(directory, channel), new Results("").invoke(directory, channel));
        }
    }

    /** Removes a durable build's directory, unless its script may still run; then it says false. */
    public record Close() implements ControllerToAgentFileCallable<Boolean> {
        @Override
        public Boolean invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
            boolean runs = Files.exists(directory.toPath().resolve(READY))
                    && new End().invoke(directory, channel).exitCode() == null;
            if (!runs) {
                new FilePath(directory).deleteRecursive();
            }
            return !runs;
        }
    }

    /** Stops a durable build that nobody waits for any more. */
    public record Abandon() implements ControllerToAgentFileCallable<Boolean> {
        private static final int SECONDS = 60;

        @Override
        public Boolean invoke(File directory, VirtualChannel channel) throws IOException, InterruptedException {
            Path stop = directory.toPath().resolve(STOP);
            if (!Files.isRegularFile(stop)) {
                return true;
            }
            Process process = new ProcessBuilder("sh", stop.toString())
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        }
    }

    /**
     * Reads the results that the script left.
     *
     * @param folder that of one of several images; empty for the only one
     */
    public record Results(String folder) implements ControllerToAgentFileCallable<EnumMap<ResultFile, FileContent>> {
        @Override
        public EnumMap<ResultFile, FileContent> invoke(File directory, VirtualChannel channel) throws IOException {
            return ResultTexts.read(directory.toPath(), folder);
        }
    }
}
