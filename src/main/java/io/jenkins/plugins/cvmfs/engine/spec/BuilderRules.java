package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks which options of the builder can be combined. */
final class BuilderRules {
    private static final Pattern WORKER = Pattern.compile("(?m)^\\s*\\[+\\s*worker\\.oci\\b");

    private static final int NODES_MAX = 9;

    /** The options that select a builder, rather than describe how to create it. */
    private static final Set<Option> WHICH = Set.of(BuilderTable.NAME, BuilderTable.DRIVER);

    private static final Set<Option> OF_REMOTE = Set.of(BuilderTable.ENDPOINT, BuilderTable.CERTIFICATES);
    private static final Set<Option> OF_EVERY_MADE =
            Set.of(BuilderTable.KEEP, BuilderTable.DRIVER_OPTS, BuilderTable.NODES);

    private final GivenOptions in;
    private final Problems problems;

    BuilderRules(GivenOptions in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    BuilderSpec apply(Strategy strategy) {
        if (strategy == Strategy.COMMIT) {
            return BuilderSpec.DEFAULT;
        }
        Driver driver = driver();
        if (driver.runsBuildkit() && CvmfsAccess.of(in.text(ClientTable.ACCESS)) == CvmfsAccess.HOST) {
            problems.add(
                    BuilderTable.DRIVER,
                    driver.text(),
                    "a builder in a container does not see the agent's /cvmfs; with {cvmfsAccess} host expected "
                            + "docker, "
                            + "or remote or existing for a buildkitd that has the device cern.ch/cvmfs=all");
        }
        String name = in.text(BuilderTable.NAME);
        if (name == null && driver == Driver.EXISTING) {
            problems.add(BuilderTable.NAME, null, "driver existing needs the name of the builder");
        }
        Map<String, String> driverOpts = BuilderSpec.driverOpts(in);
        if (mayRunBuildkit(driver)) {
            settings();
        } else if (driver == Driver.REMOTE) {
            remote(driverOpts);
        }
        List<BuilderNode> nodes = goesWith(BuilderTable.NODES, driver) ? nodes(driver, driverOpts) : List.of();
        noneWithout(driver);
        Set<Option> others = OptionTable.all().stream()
                .filter(option -> option.place() != Place.BUILDER || WHICH.contains(option))
                .collect(Collectors.toSet());
        others.add(BuilderTable.KEEP);
        BuilderSpec builder = new BuilderSpec(
                name == null ? null : name.toLowerCase(Locale.ROOT),
                driver,
                in.flag(BuilderTable.KEEP) && !in.has(BuilderTable.CERTIFICATES),
                in.without(others),
                nodes);
        if (driver == Driver.KUBERNETES) {
            new ClusterRules(in, builder, problems).check();
        }
        return builder;
    }

    private Driver driver() {
        String written = in.text(BuilderTable.DRIVER);
        if (written == null && in.has(BuilderTable.NAME)) {
            return Driver.EXISTING;
        } else if (written == null) {
            // Settings for a new builder imply that one is created.
            boolean anyOther = settable().anyMatch(in::isChanged);
            return anyOther ? Driver.DOCKER_CONTAINER : Driver.AUTO;
        }
        return Driver.of(written).orElse(Driver.AUTO);
    }

    private static Stream<Option> settable() {
        return OptionTable.all().stream().filter(option -> option.place() == Place.BUILDER && !WHICH.contains(option));
    }

    private void settings() {
        Map<String, String> opts = in.map(BuilderTable.DRIVER_OPTS);
        if (opts.containsKey("image")) {
            problems.add(BuilderTable.DRIVER_OPTS, "image=" + opts.get("image"), "set the image with {builderImage}");
        }
        String config = in.text(BuilderTable.CONFIG);
        if (in.has(BuilderTable.GC) && config != null && WORKER.matcher(config).find()) {
            problems.add(
                    BuilderTable.GC,
                    in.shown(BuilderTable.GC),
                    "{buildkitdConfig} has [worker.oci] already, so write it there");
        }
    }

    private void remote(Map<String, String> driverOpts) {
        if (!in.has(BuilderTable.ENDPOINT)) {
            problems.add(BuilderTable.ENDPOINT, null, "driver remote needs it: " + BuilderTable.ENDPOINTS.expected());
        }
        Map<String, String> opts = in.map(BuilderTable.DRIVER_OPTS);
        Map<String, String> certificates = in.map(BuilderTable.CERTIFICATES);
        certificates.keySet().stream()
                .filter(opts::containsKey)
                .forEach(name -> problems.add(
                        BuilderTable.DRIVER_OPTS,
                        name + "=" + opts.get(name),
                        "the client certificate has it already"));
        NodeRules rules = new NodeRules(problems, Driver.REMOTE);
        rules.tls(BuilderTable.DRIVER_OPTS, opts);
        rules.tls(BuilderTable.CERTIFICATES, certificates);
        rules.certAndKey(BuilderTable.DRIVER_OPTS, driverOpts);
    }

    private List<BuilderNode> nodes(Driver driver, Map<String, String> driverOpts) {
        List<String> written = in.list(BuilderTable.NODES);
        if (written.size() > NODES_MAX) {
            problems.add(
                    BuilderTable.NODES, written.size() + " nodes", "expected at most " + NODES_MAX + " further nodes");
        }
        List<BuilderNode> nodes = new ArrayList<>();
        for (String text : written) {
            Optional<BuilderNode> node = BuilderNode.parse(text, driverOpts);
            if (node.isEmpty()) {
                problems.add(BuilderTable.NODES, text, BuilderNode.GRAMMAR);
            } else {
                new NodeRules(problems, driver).check(text, node.get(), in.map(BuilderTable.DRIVER_OPTS));
                nodes.add(node.get());
            }
        }
        return List.copyOf(nodes);
    }

    private void noneWithout(Driver driver) {
        settable()
                .filter(option -> in.isChanged(option) && !goesWith(option, driver))
                .forEach(option -> {
                    String drivers = OF_REMOTE.contains(option) ? "remote" : "docker-container";
                    String value = option == BuilderTable.CERTIFICATES ? "of credentialsId" : in.shown(option);
                    problems.add(option, value, "it applies to driver " + drivers + ", not with " + driver.text());
                });
    }

    private static boolean goesWith(Option option, Driver driver) {
        if (OF_REMOTE.contains(option)) {
            return driver == Driver.REMOTE;
        }
        return mayRunBuildkit(driver) || driver == Driver.REMOTE && OF_EVERY_MADE.contains(option);
    }

    private static boolean mayRunBuildkit(Driver driver) {
        return driver.runsBuildkit() || driver == Driver.AUTO;
    }
}
