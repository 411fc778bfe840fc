package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.CacheTable;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks which options of the builder can be combined. */
final class BuilderRules {
    private static final int NODES_MAX = 9;

    /** Each endpoint may keep a build waiting. */
    private static final int ENDPOINTS_MAX = 16;

    /** The options that select a builder, rather than describe how to create it. */
    private static final Set<Option> WHICH = Set.of(BuilderTable.NAME, BuilderTable.DRIVER);

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
        Driver driver = driver(in);
        String name = in.text(BuilderTable.NAME);
        if (name == null && driver == Driver.EXISTING) {
            problems.add(BuilderTable.NAME, null, "driver existing needs the name of the builder");
        }
        Map<String, String> driverOpts = BuilderSpec.driverOpts(in);
        if (driver == Driver.REMOTE) {
            remote(driverOpts);
        }
        List<BuilderNode> nodes = BuilderTable.NODES.goesWith(driver) ? nodes(driver, driverOpts) : List.of();
        noneWithout(driver);
        Set<Option> others = OptionTable.all().stream()
                .filter(option -> option.place() != Place.BUILDER || WHICH.contains(option))
                .collect(Collectors.toSet());
        others.add(BuilderTable.KEEP);
        return new BuilderSpec(
                name == null ? null : name.toLowerCase(Locale.ROOT),
                driver,
                in.flag(BuilderTable.KEEP) && !in.has(BuilderTable.CERTIFICATES) && !cacheIsElsewhere(),
                in.without(others),
                nodes);
    }

    /** If the cache is in a registry, a builder that nobody described is removed after the build. */
    private boolean cacheIsElsewhere() {
        return in.has(CacheTable.CACHE) && settable().noneMatch(in::has) && !in.has(BuilderTable.DRIVER);
    }

    /** The driver that is asked for. */
    static Driver driver(GivenOptions in) {
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

    private void remote(Map<String, String> driverOpts) {
        if (!in.has(BuilderTable.ENDPOINT)) {
            problems.add(BuilderTable.ENDPOINT, null, "driver remote needs it: " + BuilderTable.ENDPOINTS.expected());
        }
        endpoints(in.words(BuilderTable.ENDPOINT));
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

    private void endpoints(List<String> endpoints) {
        if (endpoints.size() > ENDPOINTS_MAX) {
            problems.add(
                    BuilderTable.ENDPOINT,
                    endpoints.size() + " endpoints",
                    "expected at most " + ENDPOINTS_MAX + " endpoints");
        }
        endpoints.stream()
                .filter(each -> endpoints.indexOf(each) != endpoints.lastIndexOf(each))
                .distinct()
                .forEach(each -> problems.add(BuilderTable.ENDPOINT, each, "expected each endpoint once"));
        if (endpoints.size() > 1 && in.has(BuilderTable.NODES)) {
            problems.add(
                    BuilderTable.NODES,
                    in.shown(BuilderTable.NODES),
                    "further nodes go with one endpoint; with several in {builderEndpoint}, one of them builds an image");
        }
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
                .filter(option -> in.isChanged(option) && !option.goesWith(driver))
                .forEach(option -> problems.add(
                        option,
                        option == BuilderTable.CERTIFICATES ? "of credentialsId" : in.shown(option),
                        "it needs driver " + said(option.drivers()) + ", and the driver is " + driver.text()
                                + "; omit it, or set {builderDriver}"));
    }

    /** A builder that driver auto may have to make is said by its own driver. */
    private static String said(List<String> drivers) {
        return drivers.stream()
                .filter(driver -> !driver.equals(Driver.AUTO.text()))
                .collect(Collectors.joining(" or "));
    }
}
