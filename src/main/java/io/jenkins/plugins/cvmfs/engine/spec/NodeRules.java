package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the nodes of a builder, and the certificate files of a remote one. */
final class NodeRules {
    private static final Option OPTION = BuilderTable.NODES;
    private static final Pattern ENGINE =
            Pattern.compile("(?:ssh|tcp|unix)://[^\\s\\p{Cntrl}]+|[A-Za-z0-9][A-Za-z0-9_.+-]*");
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9]+(?:/[a-z0-9]+){1,2}");
    private static final List<String> TLS_FILES = List.of("cacert", "cert", "key");

    private final Problems problems;
    private final Driver driver;

    NodeRules(Problems problems, Driver driver) {
        this.problems = problems;
        this.driver = driver;
    }

    /** @param shared the driver options of all nodes */
    void check(String text, BuilderNode node, Map<String, String> shared) {
        if (node.platforms().stream().anyMatch(name -> !PLATFORM.matcher(name).matches())) {
            problems.add(OPTION, text, "expected platforms os/arch or os/arch/variant");
        }
        if (node.driverOpts().keySet().stream()
                .anyMatch(name -> BuilderTable.DRIVER_OPTION.problem(name).isPresent())) {
            problems.add(OPTION, text, BuilderNode.GRAMMAR);
        }
        endpoint(text, node.endpoint());
        if (driver == Driver.REMOTE) {
            tls(OPTION, node.driverOpts());
            certAndKey(OPTION, node.driverOpts());
        }
        if (node.driverOpts().containsKey("image") && !shared.containsKey("image")) {
            problems.add(OPTION, text, "set the image with {builderImage}");
        }
    }

    private void endpoint(String text, String endpoint) {
        if (driver == Driver.KUBERNETES) {
            if (endpoint != null) {
                problems.add(
                        OPTION, text, "a node of driver kubernetes has no endpoint, but options such as nodeselector");
            }
        } else if (endpoint == null) {
            problems.add(
                    OPTION,
                    text,
                    "it needs an endpoint: with driver remote " + BuilderTable.ENDPOINTS.expected()
                            + ", else an engine that has no node of this builder yet");
        } else if (driver == Driver.REMOTE) {
            problems.matches(OPTION, endpoint, BuilderTable.ENDPOINTS);
        } else if (!ENGINE.matcher(endpoint).matches()) {
            problems.add(OPTION, text, "expected an endpoint that is a docker context or ssh://, tcp:// or unix://");
        }
    }

    void certAndKey(Option option, Map<String, String> options) {
        if (options.containsKey("cert") != options.containsKey("key")) {
            problems.add(option, options.toString(), "cert and key go together");
        }
    }

    /** buildx reads the files at each build, relative to the current directory. */
    void tls(Option option, Map<String, String> options) {
        options.forEach((name, value) -> {
            if (TLS_FILES.contains(name) && !value.startsWith("/")) {
                problems.add(option, name + "=" + value, "expected the absolute path of a file on the agent");
            } else if (!TLS_FILES.contains(name) && !name.equals("servername")) {
                problems.add(option, name + "=" + value, "driver remote accepts only cacert, cert, key and servername");
            }
        });
    }
}
