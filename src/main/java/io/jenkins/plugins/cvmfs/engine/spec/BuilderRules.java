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
        if (driver == Driver.DOCKER_CONTAINER || driver == Driver.AUTO) {
            settings();
        } else {
            noneWithout(driver);
        }
        return new BuilderSpec(
                in.builderName == null ? null : in.builderName.toLowerCase(Locale.ROOT),
                driver,
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
            problems.add("builderDriver", in.builderDriver, "auto, docker-container, docker or existing is allowed");
        }
        return driver.orElse(Driver.AUTO);
    }

    private void settings() {
        if (in.builderImage != null && ImageReference.parse(in.builderImage).isEmpty()) {
            problems.add("builderImage", in.builderImage, "[registry[:port]/]repository[:tag][@digest] is allowed");
        }
        problems.keysMatch("builderDriverOpts", in.builderDriverOpts, OPTION, "name=value is allowed, such as network=host");
        problems.allMatch("builderDriverOpts", in.builderDriverOpts.values(), ONE_LINE, "a value of one line is allowed");
        if (in.builderDriverOpts.containsKey("image")) {
            problems.add("builderDriverOpts", "image=" + in.builderDriverOpts.get("image"), "the image goes into builderImage");
        }
        problems.allMatch("buildkitdFlags", in.buildkitdFlags, FLAG, "--flag or --flag=value without blanks is allowed");
        if (in.buildkitdConfig != null) {
            problems.writable("buildkitdConfig", in.buildkitdConfig);
        }
    }

    private void noneWithout(Driver driver) {
        given().forEach((option, value) -> {
            if (value != null && !option.equals("builderName") && !option.equals("builderDriver")) {
                problems.add(option, value, "it goes with driver docker-container, not with " + driver.text());
            }
        });
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
        given.put("builderImage", in.builderImage);
        given.put("builderKeep", in.builderKeep ? null : "false");
        given.put("builderDriverOpts", in.builderDriverOpts.isEmpty() ? null : in.builderDriverOpts.toString());
        given.put("buildkitdConfig", in.buildkitdConfig);
        given.put("buildkitdFlags", in.buildkitdFlags.isEmpty() ? null : String.join(" ", in.buildkitdFlags));
        return given;
    }
}
