package io.jenkins.plugins.cvmfs.engine.spec;

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

    private static final Pattern ENDPOINT =
            Pattern.compile("tcp://(?:[A-Za-z0-9][A-Za-z0-9.-]*|\\[[0-9A-Fa-f:.]+]):[0-9]{1,5}|unix:///[^\\s\\p{Cntrl}]+");
    private static final List<String> TLS_FILES = List.of("cacert", "cert", "key");

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
        problems.matches("builderName", in.builderName, NAME, "letters, digits, '.', '_' and '-' are allowed, a letter first");
        if (in.builderName == null && driver == Driver.EXISTING) {
            problems.add("builderName", null, "driver existing needs the name of the builder");
        }
        if (mayRunBuildkit(driver)) {
            settings();
        } else if (driver == Driver.REMOTE) {
            remote();
        }
        noneWithout(driver);
        return new BuilderSpec(
                in.builderName == null ? null : in.builderName.toLowerCase(Locale.ROOT),
                driver,
                in.builderEndpoint,
                in.builderImage == null ? BuilderSpec.DEFAULT_IMAGE : in.builderImage,
                in.builderKeep,
                SpecRules.copy(in.builderDriverOpts),
                in.buildkitdConfig,
                List.copyOf(in.buildkitdFlags));
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
            problems.add("builderDriver", in.builderDriver, "auto, docker-container, docker, remote, kubernetes or existing is allowed");
        }
        return driver.orElse(Driver.AUTO);
    }

    private void settings() {
        if (in.builderImage != null && ImageReference.parse(in.builderImage).isEmpty()) {
            problems.add("builderImage", in.builderImage, "[registry[:port]/]repository[:tag][@digest] is allowed");
        }
        driverOptions();
        if (in.builderDriverOpts.containsKey("image")) {
            problems.add("builderDriverOpts", "image=" + in.builderDriverOpts.get("image"), "the image goes into builderImage");
        }
        problems.allMatch("buildkitdFlags", in.buildkitdFlags, FLAG, "--flag or --flag=value without blanks is allowed");
        if (in.buildkitdConfig != null) {
            problems.writable("buildkitdConfig", in.buildkitdConfig);
        }
    }

    private void driverOptions() {
        problems.keysMatch("builderDriverOpts", in.builderDriverOpts, OPTION, "name=value is allowed, such as network=host");
        problems.allMatch("builderDriverOpts", in.builderDriverOpts.values(), ONE_LINE, "a value of one line is allowed");
    }

    /** The files are the agent's; buildx reads them at each build, from whatever directory that runs in. */
    private void remote() {
        if (in.builderEndpoint == null) {
            problems.add("builderEndpoint", null, "driver remote needs it: tcp://host:port or unix:///path");
        }
        problems.matches("builderEndpoint", in.builderEndpoint, ENDPOINT, "tcp://host:port or unix:///path is allowed");
        driverOptions();
        in.builderDriverOpts.forEach((name, value) -> {
            if (TLS_FILES.contains(name) && !value.startsWith("/")) {
                problems.add("builderDriverOpts", name + "=" + value, "the absolute path of a file on the agent is allowed");
            } else if (!TLS_FILES.contains(name) && !name.equals("servername")) {
                problems.add("builderDriverOpts", name + "=" + value, "cacert, cert, key and servername go with driver remote");
            }
        });
        if (in.builderDriverOpts.containsKey("cert") != in.builderDriverOpts.containsKey("key")) {
            problems.add("builderDriverOpts", in.builderDriverOpts.toString(), "cert and key go together");
        }
    }

    private void noneWithout(Driver driver) {
        given().forEach((option, value) -> {
            if (value != null && !goesWith(option, driver)) {
                String drivers = option.equals("builderEndpoint") ? "remote" : "docker-container";
                problems.add(option, value, "it goes with driver " + drivers + ", not with " + driver.text());
            }
        });
    }

    private static boolean goesWith(String option, Driver driver) {
        return switch (option) {
            case "builderName", "builderDriver" -> true;
            case "builderEndpoint" -> driver == Driver.REMOTE;
            case "builderKeep", "builderDriverOpts" -> mayRunBuildkit(driver) || driver == Driver.REMOTE;
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
        given.put("buildkitdConfig", in.buildkitdConfig);
        given.put("buildkitdFlags", in.buildkitdFlags.isEmpty() ? null : String.join(" ", in.buildkitdFlags));
        return given;
    }
}
