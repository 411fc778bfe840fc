package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderNode;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code docker buildx create} for each node of a builder. */
final class CreateCommands {
    /** The file with buildkitd's configuration, if there is one. */
    static final String CONFIG = "buildkitd.toml";

    private final BuilderSpec builder;
    private final List<String> granted;

    /** @param granted the entitlements that builds of this builder may ask for */
    CreateCommands(BuilderSpec builder, List<String> granted) {
        this.builder = builder;
        this.granted = granted;
    }

    /** Creates the builder with its first node. */
    ShellCommand first() {
        ShellCommand create = ShellCommand.of("docker", "buildx", "create")
                .option("--name", ShellWord.expansion("$builder"))
                .option("--driver", builder.driver().text());
        ShellWord endpoint =
                BuilderScript.isPool(builder) ? ShellWord.expansion("$endpoint") : word(builder.endpoint());
        return node(create, builder.driverOpts(), endpoint);
    }

    private static ShellWord word(String endpoint) {
        return endpoint == null ? null : ShellWord.literal(endpoint);
    }

    /** Adds the other nodes, which are named after the builder, with the numbers from 1. */
    List<ShellCommand> further() {
        List<ShellCommand> append = new ArrayList<>();
        for (BuilderNode node : builder.nodes()) {
            ShellCommand create = ShellCommand.of("docker", "buildx", "create", "--append")
                    .option("--name", ShellWord.expansion("$builder"))
                    .option("--node", ShellWord.expansion("${builder}" + (append.size() + 1)));
            if (!node.platforms().isEmpty()) {
                create.option("--platform", String.join(",", node.platforms()));
            }
            append.add(node(create, node.driverOpts(), word(node.endpoint())));
        }
        return append;
    }

    private ShellCommand node(ShellCommand create, Map<String, String> driverOpts, ShellWord endpoint) {
        if (builder.driver().runsBuildkit()) {
            create.option("--driver-opt", Csv.field("image=" + builder.image()));
        }
        new ClusterMarks(builder).addTo(create, driverOpts);
        if (builder.driver().runsBuildkit()) {
            buildkitd(create);
        }
        return endpoint == null ? create : create.word("--").word(endpoint);
    }

    private void buildkitd(ShellCommand create) {
        List<String> flags = new ArrayList<>();
        granted.forEach(entitlement -> flags.add("--allow-insecure-entitlement=" + entitlement));
        flags.addAll(builder.buildkitdFlags());
        create.option("--buildkitd-flags", flags.isEmpty() ? null : String.join(" ", flags));
        if (builder.configuration().isPresent()) {
            create.option("--buildkitd-config", ShellWord.expansion("$dir/" + CONFIG));
        }
    }
}
