package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What the builds of one table share: the engine, a user's state directory, temporary files and logins, and a
 * neighbour.
 */
final class FaultRig {
    private static final String OURS = "cvmfs-derived-image-";
    private static final int PATIENCE_SECONDS = 30;

    /** What a build may leave, as the table names it. */
    static final String CONTAINER = "container";

    static final String VOLUME = "volume";
    static final String BUILDER = "builder";
    static final String NOTE = "note";
    static final String DIRECTORY = "private directory";
    static final String LOGIN = "login";
    static final String FILE = "temporary file";
    static final String PROCESS = "process";

    private final Rig rig = new Rig();
    private final Path state = rig.home().resolve("state");
    private final String login = Registry.login("somebody", "of-" + rig.id());
    private final String neighbour = OURS + "neighbour-" + rig.id();
    private final String small = rig.in(Registry.plain(), "small:1");
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> kept = new TreeSet<>();
    private final String network;
    private int names;

    FaultRig() throws Exception {
        this(Map.of());
    }

    /**
     * @param engine variables that name another engine than that of the other tests, one without a network for
     *     containers
     */
    FaultRig(Map<String, String> engine) throws Exception {
        network = engine.isEmpty() ? "--network=default" : "--network=none";
        environment.putAll(engine);
        engine.forEach(rig::set);
        environment.put("XDG_STATE_HOME", state.toString());
        Files.createDirectories(state());
        makeSmallImage();
        addNeighbour();
        if (rig.canHave(BuilderSpec.DEFAULT_IMAGE)) {
            next(FaultWay.KEPT);
        }
    }

    /** Skips the tests where there is no engine. */
    static void needsEngine() {
        String reason = System.getenv("TESTS_WITHOUT_ENGINE");
        assumeTrue(reason == null, reason);
        assumeTrue(System.getenv("REGISTRY_PLAIN") != null, "no engine was given; bin/test starts one");
    }

    void needs(FaultWay way) throws Exception {
        assumeTrue(
                !way.hasContainerBuilder() || rig.canHave(BuilderSpec.DEFAULT_IMAGE),
                "the image " + BuilderSpec.DEFAULT_IMAGE + " cannot be pulled");
    }

    Rig rig() {
        return rig;
    }

    /** A name for a build that nothing else has. */
    String name() {
        return rig.id() + "-" + ++names;
    }

    private Path state() {
        return state.resolve("cvmfs-derived-image");
    }

    /** A shell with little else, so that a builder for one build does not spend its time on its base image. */
    private void makeSmallImage() throws Exception {
        rig.write(
                "small",
                "FROM " + Rig.baseImageInRegistry() + " AS all\nUSER root\n"
                        + "RUN mkdir /small && cp -L --parents $(ldd /bin/sh /bin/sleep | grep -o '/[^ :]*' | sort -u) /small\n"
                        + "FROM scratch\nCOPY --from=all /small /\n");
        rig.docker(
                        "buildx",
                        "build",
                        "--builder=default",
                        "--provenance=false",
                        network,
                        "--file=small",
                        "--tag=" + small,
                        "--push",
                        ".")
                .answer();
    }

    /** A container, a builder and the note of a process that lives, all named as ours are; no build may touch them. */
    private void addNeighbour() throws Exception {
        rig.docker("container", "create", "--name=" + neighbour, small, "/bin/sh")
                .answer();
        rig.docker("buildx", "create", "--name=" + neighbour, "--driver=docker-container")
                .answer();
        String owner = Ran.of(rig.process(
                        "sh",
                        "-c",
                        "read -r boot </proc/sys/kernel/random/boot_id\nread -r stat </proc/$PPID/stat\nset -- ${stat##*) }\n"
                                + "echo \"$(uname -n) $boot $(readlink /proc/self/ns/pid) $PPID ${20} $(date +%s)\""))
                .answer();
        Files.writeString(
                state().resolve(neighbour + ".made"),
                owner + "\ncontainer " + neighbour + "\n"
                        + rig.process().environment().get("DOCKER_HOST") + " \n");
    }

    void assertNeighbourIsUnharmed() throws Exception {
        assertThat(rig.docker("container", "inspect", "--format={{.State.Status}}", neighbour)
                        .answer())
                .isEqualTo("created");
        assertThat(rig.config().resolve("buildx/instances").resolve(neighbour)).exists();
        assertThat(state().resolve(neighbour + ".made")).exists();
    }

    /** Starts a build that works for so many fifths of a second. */
    FaultBuild start(FaultWay way, int turns, Map<String, String> variables, String... more) throws Exception {
        String name = name();
        List<String> options = new ArrayList<>(List.of("build", "--registry-auth-file=" + logins()));
        options.addAll(way.options(this, name, way == FaultWay.COMMIT ? Rig.baseImage() : small, turns));
        options.addAll(List.of(more));
        options.add(network);
        if (Stream.of(more).noneMatch(option -> option.startsWith("--tag="))) {
            options.add("--tag=" + rig.local(name + ":1"));
        }
        return new FaultBuild(name, cli(variables, options.toArray(String[]::new)));
    }

    FaultBuild start(FaultWay way, int turns, String... more) throws Exception {
        return start(way, turns, Map.of(), more);
    }

    /** A tag of a build's own in the registry that answers wrongly. */
    String in(FaultyRegistry registry) {
        return "--tag=" + registry.address() + "/" + rig.id() + "/" + names + ":1";
    }

    ProcessBuilder cli(Map<String, String> variables, String... arguments) {
        ProcessBuilder cli = rig.cli(arguments);
        // The builds are short: what a second compiler would make faster is not worth its start.
        cli.command().add(cli.command().indexOf("-jar"), "-XX:TieredStopAtLevel=1");
        cli.environment().putAll(environment);
        cli.environment().putAll(variables);
        return cli;
    }

    private Path logins() throws IOException {
        Path file = rig.home().resolve("logins.json");
        return Files.exists(file)
                ? file
                : Files.writeString(file, "{\"auths\":{\"registry.invalid\":{\"auth\":\"" + login + "\"}}}");
    }

    /** Builds to the end, with the same builder, and nothing of the former build may be left then. */
    FaultBuild next(FaultWay way, String... more) throws Exception {
        try (FaultBuild next = start(way, 0, more)) {
            assertThat(next.end())
                    .as("the next build's exit code; it wrote: %s", next.output())
                    .isZero();
            keep(way);
            assertThat(left())
                    .as("left after the next build, which wrote: %s", next.output())
                    .isEmpty();
            assertNeighbourIsUnharmed();
            return next;
        }
    }

    /** What was seen of a build that has ended, and of the next one, becomes a row. */
    void row(String what, FaultWay way, FaultBuild build, String outcome, Set<String> expected) throws Exception {
        Set<String> left = awaitLeft(build, expected);
        boolean said = next(way).output().contains("was left by a build that was killed");
        FaultTable.add(
                what, way.text(), outcome, left, said ? "nothing; what was left is named and removed" : "nothing");
    }

    /** A kept builder stays, with its container and volume; they are no remains. */
    private void keep(FaultWay way) throws Exception {
        if (way == FaultWay.KEPT && kept.isEmpty()) {
            rig.made().stream().filter(thing -> !thing.endsWith(neighbour)).forEach(kept::add);
            assertThat(kept).hasSize(3);
        }
    }

    /** Waits until just this is left; what was killed needs a moment to end. */
    Set<String> awaitLeft(FaultBuild build, Set<String> expected) throws Exception {
        Map<String, Set<String>> left = left(build.name());
        for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
                !left.keySet().equals(expected) && System.nanoTime() < end;
                left = left(build.name())) {
            Thread.sleep(50);
        }
        assertThat(left.keySet())
                .as("left: %s; it wrote: %s", left, build.output())
                .isEqualTo(expected);
        assertNeighbourIsUnharmed();
        return left.keySet();
    }

    /** What is there of builds that have ended. */
    Map<String, Set<String>> left() throws Exception {
        return left(rig.id() + "-");
    }

    private Map<String, Set<String>> left(String name) throws Exception {
        Map<String, Set<String>> left = new HashMap<>();
        for (String thing : rig.made()) {
            if (!kept.contains(thing) && !thing.endsWith(neighbour)) {
                add(left, thing.substring(0, thing.indexOf(' ')), thing);
            }
        }
        try (DirectoryStream<Path> notes = Files.newDirectoryStream(state(), "*.{made,new,d}")) {
            notes.forEach(note -> {
                if (!note.endsWith(neighbour + ".made")) {
                    add(left, NOTE, note.toString());
                }
            });
        }
        try (Stream<Path> files = Files.list(rig.temporary())) {
            files.forEach(file ->
                    add(left, file.getFileName().toString().startsWith(OURS) ? DIRECTORY : FILE, file.toString()));
        }
        try (Stream<Path> files = Files.walk(rig.temporary())) {
            files.filter(Files::isRegularFile)
                    .filter(this::hasLogin)
                    .forEach(file -> add(left, LOGIN, file.toString()));
        } catch (UncheckedIOException e) {
            add(left, DIRECTORY, "is just being removed");
        }
        for (String process : processes(name)) {
            add(left, PROCESS, process);
        }
        return left;
    }

    private static void add(Map<String, Set<String>> left, String kind, String thing) {
        left.computeIfAbsent(kind, key -> new HashSet<>()).add(thing);
    }

    private boolean hasLogin(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(login);
        } catch (IOException e) {
            // It has just been removed.
            return false;
        }
    }

    private static List<String> processes(String name) throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String words = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' ');
                    if (words.contains(name)) {
                        found.add(process.getFileName() + " " + words);
                    }
                } catch (IOException e) {
                    // It has ended.
                    continue;
                }
            }
        }
        return found;
    }

    /** The container that builds, by the way: the builder's, or that of the commit strategy. */
    String container(FaultWay way) throws Exception {
        Set<String> made = rig.made();
        return made.stream()
                .filter(thing -> thing.startsWith("container ")
                        && !thing.endsWith(neighbour)
                        && (way == FaultWay.KEPT) == kept.contains(thing))
                .map(thing -> thing.substring("container ".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no container builds: " + made));
    }

    /** After a row that failed: what it left is not the next one's. */
    void clear() throws Exception {
        for (Set<String> things : left().values()) {
            for (String thing : things) {
                if (thing.startsWith("builder ")) {
                    rig.docker("buildx", "rm", "--force", thing.substring("builder ".length()));
                } else if (thing.startsWith("container ")) {
                    rig.docker("container", "rm", "--force", "--volumes", thing.substring("container ".length()));
                } else if (thing.startsWith("/")) {
                    Rig.delete(Path.of(thing));
                }
            }
        }
    }

    /**
     * A docker command before the real one, for the builds that get the variables.
     *
     * @param around shell text; {@code $docker "$@"} is the real one, which is done where the text does not end the
     *     command
     */
    Map<String, String> docker(String around) throws Exception {
        Path bin = Files.createDirectories(rig.home().resolve("bin-" + name()));
        String docker = Ran.of(rig.process("sh", "-c", "command -v docker")).answer();
        Path shim = Files.writeString(
                bin.resolve("docker"),
                "#!/bin/sh\ndocker='" + docker + "'\nhere='" + bin + "'\n" + around + "\nexec \"$docker\" \"$@\"\n");
        Files.setPosixFilePermissions(shim, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("PATH", bin + ":" + System.getenv("PATH"), "HERE", bin.toString());
    }

    /** Removes a kept builder of a row's own. */
    void removeBuilders() throws Exception {
        for (String thing : rig.made()) {
            if (thing.startsWith("builder ") && !kept.contains(thing) && !thing.endsWith(neighbour)) {
                rig.docker("buildx", "rm", "--force", thing.substring("builder ".length()))
                        .answer();
            }
        }
    }

    void close() throws Exception {
        assertNeighbourIsUnharmed();
        rig.docker("container", "rm", neighbour).answer();
        rig.docker("buildx", "rm", neighbour).answer();
        for (String thing : kept) {
            if (thing.startsWith("builder ")) {
                rig.docker("buildx", "rm", "--force", thing.substring("builder ".length()))
                        .answer();
            }
        }
        rig.close();
    }
}
