package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A machine whose docker is a stub that notes how it is called. Scripts find there only the commands that they may use.
 *
 * <p>A stub's behaviour is shell text; {@code $stub} is the directory of its notes.
 */
final class StubMachine {
    private static final List<String> COMMANDS = List.of(
            "cat",
            "chmod",
            "cksum",
            "cp",
            "cut",
            "date",
            "dirname",
            "find",
            "flock",
            "grep",
            "head",
            "ls",
            "mkdir",
            "mkfifo",
            "mv",
            "od",
            "readlink",
            "rm",
            "sed",
            "sha256sum",
            "sleep",
            "sort",
            "tail",
            "tar",
            "tee",
            "touch",
            "tr",
            "uname",
            "wc");
    private static final int PATIENCE_SECONDS = 60;

    private final Path notes;
    private final Path commands;
    private final Path workspace;
    private final Path privateDirectory;
    private final List<String> shell;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * How a script ended.
     *
     * @param exitCode its exit code
     * @param output what it and its commands wrote
     */
    record Ended(int exitCode, String output) {}

    StubMachine(Path root, List<String> shell) throws IOException {
        this.notes = Files.createDirectories(root.resolve("notes"));
        this.commands = Files.createDirectories(root.resolve("bin"));
        this.workspace = Files.createDirectories(root.resolve("work space"));
        this.privateDirectory = Files.createDirectories(root.resolve("it's $private"));
        this.shell = shell;
        Files.createDirectories(instances());
        for (String command : COMMANDS) {
            stub(command, "exec " + real(command) + " \"$@\"");
        }
        environment.put("PATH", commands.toString());
        environment.put("HOME", root.toString());
        environment.put("DOCKER_CONFIG", root.resolve("config").toString());
        environment.put("LC_ALL", "C.UTF-8");
        stub("id", "case $1 in -u) echo 4242 ;; -g) echo 4343 ;; esac");
        stub("sh", "exec " + String.join(" ", shell) + " \"$@\"");
        stub("pwned", "touch \"$stub/pwned\"");
        docker("");
    }

    private static Path real(String command) {
        return Shells.find(command).orElseThrow(() -> new AssertionError("this machine has no " + command));
    }

    /** Gives the stub docker a behaviour; what it does not answer succeeds. */
    StubMachine docker(String behaviour) throws IOException {
        return stub("docker", "printf '%s\\0' \"$#\" \"$@\" >>\"$stub/calls\"\n" + behaviour);
    }

    StubMachine stub(String command, String behaviour) throws IOException {
        Path file = commands.resolve(command);
        Files.deleteIfExists(file);
        Files.writeString(file, "#!" + real("sh") + "\nstub='" + notes + "'\n" + behaviour + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    StubMachine with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The user id in this machine's shell; one with commands of its own does not take the stub's. */
    String uid() throws IOException, InterruptedException {
        return said("id -u");
    }

    String gid() throws IOException, InterruptedException {
        return said("id -g");
    }

    /** The words that say user and group, where these are not root's. */
    List<String> ids(String start) throws IOException, InterruptedException {
        return uid().equals("0") ? List.of() : List.of(start + "UID=" + uid(), start + "GID=" + gid());
    }

    /** The words that bash in a container that performs a setup script is told, of what the stub noted as its stdin. */
    List<String> told() throws IOException, InterruptedException {
        String asked = note("stdin")
                .replaceFirst(
                        "\nderive_image (?=true|false)",
                        "\nderive_image() { printf '%s\\\\0' \"\\$@\"; exit; }\nderive_image ");
        Path input = notes.resolve("asked");
        Files.writeString(input, asked);
        Process process = new ProcessBuilder(real("bash").toString())
                .redirectInput(input.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Arrays.asList(output.split("\0"));
    }

    /** What the shell writes when it runs a text; empty if that fails. */
    String said(String text) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of("-c", text));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() == 0 ? output : "";
    }

    /** Has a build remember that buildx and the BuildKit of a builder are of the newest. */
    StubMachine newest(String builder) throws IOException {
        Path state = Files.createDirectories(notes.resolveSibling(".local").resolve("state/cvmfs-derived-image"));
        String noted = "99.0\n" + commands.resolve("docker") + "\n";
        Files.writeString(state.resolve("version-buildx"), noted);
        Files.writeString(state.resolve("version-engine-default"), noted);
        Files.writeString(state.resolve("version-buildkit-" + builder), noted);
        return this;
    }

    /** Has the shell find a command in another directory. */
    void elsewhere(String command) throws IOException {
        Path other = Files.createDirectories(notes.resolveSibling("other bin"));
        Files.createSymbolicLink(other.resolve(command), commands.resolve(command));
        environment.put("PATH", other + ":" + environment.get("PATH"));
    }

    /** Has buildx know a builder, as it notes one that was made here. */
    void knows(String builder) throws IOException {
        Files.writeString(
                instances().resolve(builder), record(builder, "docker-container", "unix:///var/run/docker.sock"));
    }

    static String record(String builder, String driver, String... endpoints) {
        StringBuilder nodes = new StringBuilder();
        for (int i = 0; i < endpoints.length; i++) {
            nodes.append(i == 0 ? "" : ",")
                    .append("{\"Name\":\"" + builder + i + "\",\"Endpoint\":\"" + endpoints[i]
                            + "\",\"Platforms\":null,\"DriverOpts\":{},\"Flags\":[],\"Files\":null}");
        }
        return "{\"Name\":\"" + builder + "\",\"Driver\":\"" + driver + "\",\"Nodes\":[" + nodes
                + "],\"Dynamic\":false}";
    }

    /** Where buildx notes the builders that there are. */
    Path instances() {
        return notes.resolveSibling("config").resolve("buildx").resolve("instances");
    }

    Path workspace() {
        return workspace;
    }

    /** Runs a plan to its end. */
    Ended run(BuildPlan plan) throws IOException, InterruptedException {
        Process process = start(plan);
        return end(process);
    }

    /** Runs a script with its files to its end. */
    Ended run(List<PlannedFile> files) throws IOException, InterruptedException {
        return end(start(files));
    }

    /** Lays the files of several images down and starts their script. */
    Process start(ImagesPlan plan) throws IOException {
        return start(plan.files());
    }

    /** Lays a plan's files down and starts its script. */
    Process start(BuildPlan plan) throws IOException {
        return start(plan.files());
    }

    private Process start(List<PlannedFile> files) throws IOException {
        // What an earlier run of a test left; a real build has a directory of its own.
        Files.deleteIfExists(privateDirectory.resolve("stream"));
        for (PlannedFile file : files) {
            Path path = privateDirectory.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.content());
        }
        // A process that was started in the background by a shell ignores INT, and so would all that it starts.
        List<String> command = new ArrayList<>(List.of(real("env").toString(), "--default-signal=INT"));
        command.addAll(shell);
        command.add(privateDirectory.resolve(BuildPlan.SCRIPT).toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workspace.toFile()).redirectErrorStream(true);
        builder.redirectOutput(notes.resolve("output").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Ended end(Process process) throws IOException, InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String output = new String(Files.readAllBytes(notes.resolve("output")), StandardCharsets.UTF_8);
        assertThat(ended).as("the script ends; so far it wrote: " + output).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /** Waits until a stub has made a note. */
    void await(String note) throws InterruptedException {
        for (long waited = 0; !has(note); waited++) {
            assertThat(waited).as("a stub makes the note " + note).isLessThan(PATIENCE_SECONDS * 100L);
            Thread.sleep(10);
        }
    }

    boolean has(String note) {
        return Files.exists(notes.resolve(note));
    }

    String note(String note) throws IOException {
        return Files.readString(notes.resolve(note));
    }

    /** Where stubs keep their notes. */
    Path notes() {
        return notes;
    }

    /** What a script left in the private directory. */
    String left(ResultFile file) throws IOException {
        return Files.readString(privateDirectory.resolve(file.path()));
    }

    Path privateDirectory() {
        return privateDirectory;
    }

    /** Every call of docker since the last time, without the word docker. */
    List<List<String>> calls() throws IOException {
        List<List<String>> calls = new ArrayList<>();
        if (!has("calls")) {
            return calls;
        }
        String[] words = new String(Files.readAllBytes(notes.resolve("calls")), StandardCharsets.UTF_8).split("\0", -1);
        for (int i = 0; i < words.length - 1; ) {
            int count = Integer.parseInt(words[i]);
            calls.add(Arrays.asList(words).subList(i + 1, i + 1 + count));
            i += 1 + count;
        }
        Files.delete(notes.resolve("calls"));
        return calls;
    }

    /** The calls of docker by their first words. */
    List<String> called() throws IOException {
        return calls().stream().map(StubMachine::name).toList();
    }

    private static String name(List<String> call) {
        List<String> groups = List.of("buildx", "container", "volume", "image", "imagetools", "context");
        StringBuilder name = new StringBuilder();
        for (String word : call) {
            name.append(name.isEmpty() ? "" : " ").append(word);
            if (!groups.contains(word)) {
                break;
            }
        }
        return name.toString();
    }

    /** Nothing has run that was not meant to, and nothing was written where relative paths start. */
    void assertUnharmed() throws IOException {
        assertThat(has("pwned")).as("a command from a user's text has run").isFalse();
        try (Stream<Path> files = Files.list(workspace)) {
            assertThat(files).as("files written by a user's text").isEmpty();
        }
    }
}
