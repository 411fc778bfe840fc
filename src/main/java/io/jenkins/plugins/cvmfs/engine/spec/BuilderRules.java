package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the builder. */
final class BuilderRules {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9._-]{0,127}");
    private static final Pattern OPTION = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern ONE_LINE = Pattern.compile("\\P{Cntrl}*");
    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z0-9-]*(?:=[^\\s'\"\\\\]+)?");

    private static final Pattern ENDPOINT = Pattern.compile(
            "tcp://(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}|unix:///[^\\s\\p{Cntrl}]+");
    private static final Pattern ENGINE =
            Pattern.compile("(?:ssh|tcp|unix)://[^\\s\\p{Cntrl}]+|[A-Za-z0-9][A-Za-z0-9_.+-]*");
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+(?:/[a-z0-9]+){1,2}");
    private static final List<String> TLS_FILES = List.of("cacert", "cert", "key");
    private static final List<String> OF_REMOTE = List.of("builderEndpoint", "builderCertificates");
    private static final List<String> LIMITS = List.of("reservedSpace", "maxUsedSpace", "minFreeSpace");
    private static final Pattern SPACE = Pattern.compile("[1-9][0-9]{0,17}(?:[KMGT]?B)?|(?:[1-9][0-9]?|100)%");
    private static final Pattern WORKER = Pattern.compile("(?m)^\\s*\\[+\\s*worker\\.oci\\b");

    private static final int NODES_MAX = 9;

    private final ImageSpecBuilder in;
    private final Problems problems;

    BuilderRules(ImageSpecBuilder in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    BuilderSpec apply(Strategy strategy) {
        if (strategy == Strategy.COMMIT) {
            noneWithCommit();
            return BuilderSpec.DEFAULT;
        }
        Driver driver = driver();
        problems.matches(
                "builderName", in.builderName, NAME, "letters, digits, '.', '_' and '-' are allowed, a letter first");
        if (in.builderName != null && in.builderName.toLowerCase(Locale.ROOT).startsWith(BuilderSpec.RESERVED_PREFIX)) {
            problems.add(
                    "builderName",
                    in.builderName,
                    "names that begin with " + BuilderSpec.RESERVED_PREFIX
                            + " are reserved for the builders that builds share; choose another name");
        }
        if (in.builderName == null && driver == Driver.EXISTING) {
            problems.add("builderName", null, "driver existing needs the name of the builder");
        }
        if (mayRunBuildkit(driver)) {
            settings();
        } else if (driver == Driver.REMOTE) {
            remote();
        }
        List<BuilderNode> nodes = goesWith("builderNodes", driver) ? nodes(driver) : List.of();
        noneWithout(driver);
        return new BuilderSpec(
                in.builderName == null ? null : in.builderName.toLowerCase(Locale.ROOT),
                driver,
                in.builderEndpoint,
                in.builderImage == null ? BuilderSpec.DEFAULT_IMAGE : in.builderImage,
                in.builderKeep && in.builderCertificates.isEmpty(),
                SpecRules.copy(driverOpts()),
                in.buildkitdConfig,
                List.copyOf(in.buildkitdFlags),
                SpecRules.copy(in.builderGc),
                nodes);
    }

    private Driver driver() {
        if (in.builderDriver == null && in.builderName != null) {
            return Driver.EXISTING;
        } else if (in.builderDriver == null) {
            // Who says how a builder is made wants one that is made.
            return given().values().stream().allMatch(Objects::isNull) ? Driver.AUTO : Driver.DOCKER_CONTAINER;
        }
        Optional<Driver> driver = Driver.of(in.builderDriver);
        if (driver.isEmpty()) {
            problems.add(
                    "builderDriver",
                    in.builderDriver,
                    "auto, docker-container, docker, remote, kubernetes or existing is allowed");
        }
        return driver.orElse(Driver.AUTO);
    }

    private void settings() {
        if (in.builderImage != null && ImageReference.parse(in.builderImage).isEmpty()) {
            problems.add("builderImage", in.builderImage, "[registry[:port]/]repository[:tag][@digest] is allowed");
        }
        driverOptions();
        if (in.builderDriverOpts.containsKey("image")) {
            problems.add(
                    "builderDriverOpts",
                    "image=" + in.builderDriverOpts.get("image"),
                    "the image goes into builderImage");
        }
        problems.allMatch(
                "buildkitdFlags", in.buildkitdFlags, FLAG, "--flag or --flag=value without blanks is allowed");
        if (in.buildkitdConfig != null) {
            problems.writable("buildkitdConfig", in.buildkitdConfig);
        }
        limits();
    }

    private void limits() {
        in.builderGc.forEach((name, value) -> {
            if (!LIMITS.contains(name)) {
                problems.add(
                        "builderGc", name + "=" + value, "reservedSpace, maxUsedSpace and minFreeSpace are allowed");
            } else {
                problems.matches("builderGc", value, SPACE, "bytes, or a number with KB, MB, GB, TB or % is allowed");
            }
        });
        if (!in.builderGc.isEmpty()
                && in.buildkitdConfig != null
                && WORKER.matcher(in.buildkitdConfig).find()) {
            problems.add(
                    "builderGc",
                    in.builderGc.toString(),
                    "buildkitdConfig has [worker.oci] already, so write it there");
        }
    }

    private Map<String, String> driverOpts() {
        Map<String, String> all = new LinkedHashMap<>(in.builderDriverOpts);
        all.putAll(in.builderCertificates);
        return all;
    }

    private void driverOptions() {
        problems.keysMatch(
                "builderDriverOpts", in.builderDriverOpts, OPTION, "name=value is allowed, such as network=host");
        problems.allMatch(
                "builderDriverOpts", in.builderDriverOpts.values(), ONE_LINE, "a value of one line is allowed");
    }

    /** The files are the agent's; buildx reads them at each build, from whatever directory that runs in. */
    private void remote() {
        if (in.builderEndpoint == null) {
            problems.add("builderEndpoint", null, "driver remote needs it: tcp://host:port or unix:///path");
        }
        problems.matches("builderEndpoint", in.builderEndpoint, ENDPOINT, "tcp://host:port or unix:///path is allowed");
        driverOptions();
        in.builderCertificates.keySet().stream()
                .filter(in.builderDriverOpts::containsKey)
                .forEach(name -> problems.add(
                        "builderDriverOpts",
                        name + "=" + in.builderDriverOpts.get(name),
                        "the client certificate has it already"));
        problems.allMatch(
                "builderCertificates", in.builderCertificates.values(), ONE_LINE, "a path of one line is allowed");
        tls("builderDriverOpts", in.builderDriverOpts);
        tls("builderCertificates", in.builderCertificates);
        certAndKey("builderDriverOpts", driverOpts());
    }

    private void certAndKey(String option, Map<String, String> options) {
        if (options.containsKey("cert") != options.containsKey("key")) {
            problems.add(option, options.toString(), "cert and key go together");
        }
    }

    private void tls(String option, Map<String, String> options) {
        options.forEach((name, value) -> {
            if (TLS_FILES.contains(name) && !value.startsWith("/")) {
                problems.add(option, name + "=" + value, "the absolute path of a file on the agent is allowed");
            } else if (!TLS_FILES.contains(name) && !name.equals("servername")) {
                problems.add(option, name + "=" + value, "cacert, cert, key and servername go with driver remote");
            }
        });
    }

    private List<BuilderNode> nodes(Driver driver) {
        problems.allMatch("builderNodes", in.builderNodes, ONE_LINE, BuilderNode.GRAMMAR);
        List<BuilderNode> nodes = new ArrayList<>();
        if (in.builderNodes.size() > NODES_MAX) {
            problems.add(
                    "builderNodes",
                    in.builderNodes.size() + " nodes",
                    "at most " + NODES_MAX + " further nodes are allowed");
        }
        for (String text : in.builderNodes) {
            Optional<BuilderNode> node = BuilderNode.parse(text, driverOpts());
            if (node.isEmpty()) {
                problems.add("builderNodes", text, BuilderNode.GRAMMAR);
            } else {
                node(driver, text, node.get());
                nodes.add(node.get());
            }
        }
        return List.copyOf(nodes);
    }

    private void node(Driver driver, String text, BuilderNode node) {
        problems.allMatch("builderNodes", node.platforms(), PLATFORM, "a platform is os/arch or os/arch/variant");
        problems.keysMatch("builderNodes", node.driverOpts(), OPTION, BuilderNode.GRAMMAR);
        if (driver == Driver.KUBERNETES) {
            if (node.endpoint() != null) {
                problems.add(
                        "builderNodes",
                        text,
                        "a node of driver kubernetes has no endpoint, but options such as nodeselector");
            }
        } else if (node.endpoint() == null) {
            problems.add(
                    "builderNodes",
                    text,
                    "it needs an endpoint: with driver remote tcp://host:port or unix:///path, else an engine that has no node of "
                            + "this builder yet");
        }
        if (driver == Driver.REMOTE) {
            problems.matches(
                    "builderNodes",
                    node.endpoint(),
                    ENDPOINT,
                    "an endpoint of driver remote is tcp://host:port or unix:///path");
            tls("builderNodes", node.driverOpts());
            certAndKey("builderNodes", node.driverOpts());
        } else {
            problems.matches(
                    "builderNodes",
                    node.endpoint(),
                    ENGINE,
                    "an endpoint is a docker context or ssh://, tcp:// or unix://");
        }
        if (node.driverOpts().containsKey("image") && !in.builderDriverOpts.containsKey("image")) {
            problems.add("builderNodes", text, "the image goes into builderImage");
        }
    }

    private void noneWithout(Driver driver) {
        given().forEach((option, value) -> {
            if (value != null && !goesWith(option, driver)) {
                String drivers = OF_REMOTE.contains(option) ? "remote" : "docker-container";
                problems.add(option, value, "it goes with driver " + drivers + ", not with " + driver.text());
            }
        });
    }

    private static boolean goesWith(String option, Driver driver) {
        return switch (option) {
            case "builderName", "builderDriver" -> true;
            case "builderEndpoint", "builderCertificates" -> driver == Driver.REMOTE;
            case "builderKeep", "builderDriverOpts", "builderNodes" ->
                mayRunBuildkit(driver) || driver == Driver.REMOTE;
            default -> mayRunBuildkit(driver);
        };
    }

    private static boolean mayRunBuildkit(Driver driver) {
        return driver.runsBuildkit() || driver == Driver.AUTO;
    }

    private void noneWithCommit() {
        given().forEach((option, value) -> {
            if (value != null) {
                problems.add(option, value, "strategy commit uses no builder");
            }
        });
    }

    private Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        given.put("builderName", in.builderName);
        given.put("builderDriver", in.builderDriver);
        given.put("builderEndpoint", in.builderEndpoint);
        given.put("builderImage", in.builderImage);
        given.put("builderKeep", in.builderKeep ? null : "false");
        given.put("builderDriverOpts", in.builderDriverOpts.isEmpty() ? null : in.builderDriverOpts.toString());
        given.put("builderCertificates", in.builderCertificates.isEmpty() ? null : "of credentialsId");
        given.put("builderGc", in.builderGc.isEmpty() ? null : in.builderGc.toString());
        given.put("builderNodes", in.builderNodes.isEmpty() ? null : in.builderNodes.toString());
        given.put("buildkitdConfig", in.buildkitdConfig);
        given.put("buildkitdFlags", in.buildkitdFlags.isEmpty() ? null : String.join(" ", in.buildkitdFlags));
        return given;
    }
}
