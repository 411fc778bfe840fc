package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The engine as one test sees it: a workspace, a DOCKER_CONFIG and temporary files of its own, and names nobody else
 * uses.
 */
final class Rig {
    private static final String OURS = "cvmfs-derived-image-";
    private static final Set<String> IN_NO_REGISTRY = ConcurrentHashMap.newKeySet();

    private final String id = "it-" + UUID.randomUUID().toString().substring(0, 8);
    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> before;

    Rig() throws IOException, InterruptedException {
        before = inEngine();
        // bin/test removes its directory even after a kill.
        String parent = System.getenv("TESTS_DIR");
        home = parent == null ? Files.createTempDirectory(id) : Files.createDirectory(Path.of(parent, id));
        Files.createDirectory(workspace());
        Files.createDirectory(temporary());
        Files.createDirectory(
                config(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        ObjectNode config = new ObjectMapper().createObjectNode();
        config.putArray("cliPluginsExtraDirs").add(System.getenv("ENGINE_PLUGINS"));
        ObjectNode auths = config.putObject("auths");
        for (Registry registry : List.of(Registry.secret(), Registry.other())) {
            auths.putObject(registry.address()).put("auth", registry.login());
        }
        Files.writeString(config().resolve("config.json"), config.toString());
        environment.put("DOCKER_CONFIG", config().toString());
        environment.put("TMPDIR", temporary().toString());
    }

    /** A directory for what the test itself needs. */
    Path home() {
        return home;
    }

    /** The directory in which builds run. */
    Path workspace() {
        return home.resolve("workspace");
    }

    /** Where temporary files go. */
    Path temporary() {
        return home.resolve("tmp");
    }

    /** What its user has logged in to. */
    Path config() {
        return home.resolve("config");
    }

    /** The stand-in base image by its name in the engine. */
    static String baseImage() {
        return System.getenv("BASE_IMAGE");
    }

    /** The stand-in base image in the registry without a password. */
    static String baseImageInRegistry() {
        return System.getenv("BASE_IMAGE_REF");
    }

    /** A reference of this test's own that the engine alone has. */
    String local(String name) {
        return id + "/" + name;
    }

    /** A reference of this test's own in a registry. */
    String in(Registry registry, String name) {
        return registry.address() + "/" + id + "/" + name;
    }

    String id() {
        return id;
    }

    /** Sets a variable of the commands that run from now on. */
    void set(String name, String value) {
        environment.put(name, value);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(workspace().resolve(file), text);
    }

    ProcessBuilder process(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home == null ? null : workspace().toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        builder.environment()
                .keySet()
                .removeAll(Set.of(
                        "BUILDX_CONFIG",
                        "BUILDX_BUILDER",
                        "DOCKER_CONTEXT",
                        "REGISTRY_PASSWORD",
                        "REGISTRY_OTHER_PASSWORD"));
        builder.environment().putAll(environment);
        return builder;
    }

    Ran docker(String... arguments) throws IOException, InterruptedException {
        return Ran.of(process(
                Stream.concat(Stream.of("docker"), Arrays.stream(arguments)).toArray(String[]::new)));
    }

    /** The packaged command line as it would be started, though with temporary files of this test's own. */
    ProcessBuilder cli(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                // Where the tests run in the background, signals may be ignored, which processes inherit.
                "env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("cli.jar")));
        command.addAll(List.of(arguments));
        return process(command.toArray(String[]::new));
    }

    ImageSpec spec(ImageSpecBuilder options) throws InvalidSpecException {
        return options.build(new WorkspaceFiles() {
            @Override
            public boolean isFile(String path) {
                return Files.isRegularFile(workspace().resolve(path));
            }

            @Override
            public boolean isDirectory(String path) {
                return Files.isDirectory(workspace().resolve(path));
            }
        });
    }

    ImageRecord build(ImageSpecBuilder options) throws Exception {
        return build(options, new TestSite(this));
    }

    ImageRecord build(ImageSpecBuilder options, TestSite site) throws Exception {
        String build = UUID.randomUUID().toString().substring(0, 8);
        try {
            ImageSpec spec = spec(options);
            return new ImageBuild(site, Instant.now())
                    .run(BuildPlan.of(spec, build, dockerfile(spec)))
                    .orElseThrow();
        } catch (BuildFailedException e) {
            throw new BuildFailed(e.getMessage(), site.output(), e);
        }
    }

    private Optional<DockerfileText> dockerfile(ImageSpec spec) throws IOException {
        Optional<String> path = spec.source() instanceof Source.Dockerfile source ? source.local() : Optional.empty();
        return path.isPresent()
                ? Optional.of(DockerfileText.of(Files.readString(workspace().resolve(path.get()))))
                : Optional.empty();
    }

    /** A failed build with all that it wrote. */
    static final class BuildFailed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String finding;

        BuildFailed(String finding, String output, Throwable cause) {
            super(finding + "\n" + output, cause);
            this.finding = finding;
        }

        String finding() {
            return finding;
        }
    }

    /** What {@code docker image inspect} says. */
    JsonNode image(String reference) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(docker("image", "inspect", reference).answer())
                .get(0);
    }

    boolean hasImage(String reference) throws IOException, InterruptedException {
        return docker("image", "inspect", reference).ok();
    }

    /** The output of a shell command in a fresh container of an image, without its entry point. */
    String inside(String reference, String command) throws IOException, InterruptedException {
        return docker("run", "--rm", "--network=none", "--entrypoint=/bin/sh", reference, "-c", command)
                .answer();
    }

    /** Whether the engine keeps images in containerd's store. */
    boolean containerdStore() throws IOException, InterruptedException {
        return docker("info", "--format", "{{.DriverStatus}}").answer().contains("io.containerd.snapshotter");
    }

    /** Whether the engine has an image or gets it from its registry. */
    boolean canHave(String reference) throws IOException, InterruptedException {
        if (hasImage(reference)) {
            return true;
        }
        if (!IN_NO_REGISTRY.contains(reference)
                && Ran.of(process("timeout", "300", "docker", "pull", "--quiet", reference))
                        .ok()) {
            return true;
        }
        IN_NO_REGISTRY.add(reference);
        return false;
    }

    /** Removes what the test made, and fails if a build left more than the image. */
    void close() throws IOException, InterruptedException {
        Set<String> left = inEngine();
        left.removeAll(before);
        left.addAll(builders());
        try (Stream<Path> files = Files.list(temporary())) {
            files.forEach(file -> left.add("temporary file " + file.getFileName()));
        }
        for (String builder : builders()) {
            docker("buildx", "rm", "--force", builder.substring("builder ".length()));
        }
        for (String thing : left) {
            if (thing.startsWith("container ")) {
                docker("container", "rm", "--force", "--volumes", thing.substring("container ".length()));
            } else if (thing.startsWith("volume ")) {
                docker("volume", "rm", "--force", thing.substring("volume ".length()));
            } else if (thing.startsWith("image ")) {
                docker("image", "rm", "--force", thing.substring("image ".length()));
            }
        }
        List<String> images = lines("image", "ls", "--format", "{{.Repository}}:{{.Tag}}").stream()
                .filter(name -> name.contains(id))
                .toList();
        for (String image : images) {
            docker("image", "rm", "--force", image);
        }
        delete(home);
        assertThat(left).as("left behind").isEmpty();
    }

    private Set<String> inEngine() throws IOException, InterruptedException {
        Set<String> found = new TreeSet<>();
        lines("container", "ls", "--all", "--format", "{{.Names}}").stream()
                .filter(name -> name.contains(OURS))
                .forEach(name -> found.add("container " + name));
        lines("volume", "ls", "--format", "{{.Name}}").stream()
                .filter(name -> name.contains(OURS))
                .forEach(name -> found.add("volume " + name));
        lines("image", "ls", "--format", "{{.Repository}}").stream()
                .filter(name -> name.startsWith(OURS))
                .forEach(name -> found.add("image " + name));
        return found;
    }

    private Set<String> builders() throws IOException {
        Path instances = config().resolve("buildx/instances");
        if (!Files.isDirectory(instances)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(instances)) {
            return files.map(file -> "builder " + file.getFileName()).collect(Collectors.toSet());
        }
    }

    /** What of ours the engine and buildx have that was not there before the test. */
    Set<String> made() throws IOException, InterruptedException {
        Set<String> made = inEngine();
        made.removeAll(before);
        made.addAll(builders());
        return made;
    }

    private List<String> lines(String... arguments) throws IOException, InterruptedException {
        return docker(arguments).answer().lines().toList();
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
