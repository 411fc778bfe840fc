package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderNode;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The part of a script about its builder: variables of {@code builder.sh}, and the functions that create it. */
final class BuilderScript {
    private final BuilderSpec builder;
    private final List<String> granted;
    private final String id;

    /**
     * @param granted the entitlements that builds of this builder may ask for
     * @param id of the build
     */
    BuilderScript(BuilderSpec builder, List<String> granted, String id) {
        this.builder = builder;
        this.granted = granted;
        this.id = id;
    }

    /** A builder that was created for all images of a call. */
    static void shared(Script script, String name) {
        script.set("kind", "shared").set("builder", name);
    }

    /** @param chosen whether the build chose the driver, so that the name is that of the builder in a container */
    void addTo(Script script, boolean chosen) {
        if (builder.driver() == Driver.DOCKER && (chosen || builder.name() == null)) {
            script.set("kind", "docker");
        } else if (!builder.made()) {
            script.set("kind", "existing").set("builder", builder.name());
        } else {
            made(script);
        }
    }

    private void made(Script script) {
        script.set("kind", builder.keep() ? "kept" : "ephemeral").set("builder", name());
        script.set("driver", builder.driver().text());
        if (isPool(builder)) {
            pool(script);
        }
        if (builder.keep() && builder.name() == null) {
            script.set("shared", "yes");
        }
        if (builder.endpoint() != null) {
            script.set("endpoint", builder.endpoint());
        }
        if (builder.driver() == Driver.REMOTE) {
            certificates(script);
        }
        if (builder.driver() == Driver.KUBERNETES && builder.driverOpts().containsKey("namespace")) {
            script.set("pods_in", builder.driverOpts().get("namespace"));
        }
        CreateCommands commands = new CreateCommands(builder, granted);
        List<ShellCommand> further = commands.further();
        script.function("create", List.of(commands.first()));
        script.step(
                Phase.BUILDER,
                "Create the builder if it does not exist",
                commands.first().words());
        if (!further.isEmpty()) {
            script.set("last_node", Integer.toString(further.size())).set("nodes", endpoints());
            script.function("append", further);
            further.forEach(node -> script.step(Phase.BUILDER, "Add a node to the builder", node.words()));
        }
        builder.configuration().ifPresent(text -> script.file(CreateCommands.CONFIG, text, false));
        if (builder.buildkitdConfig() == null && builder.configuration().isPresent()) {
            script.set("defaults", "yes");
        }
    }

    /** Whether each image has its own order of several buildkitds. */
    static boolean isPool(BuilderSpec builder) {
        return builder.endpoints().size() > 1;
    }

    /** The endpoints in this image's order, each with what the name of its builder ends with. */
    private void pool(Script script) {
        script.set(
                "pool",
                builder.endpoints().stream()
                        .map(each -> BuilderName.digest(builder.at(each), granted) + "=" + each)
                        .collect(Collectors.joining(" ")));
    }

    /** What curl must know to ask whether a buildkitd answers. */
    private void certificates(Script script) {
        Map<String, String> tls = builder.driverOpts();
        if (tls.isEmpty()) {
            return;
        }
        script.set("encrypted", "yes");
        if (tls.containsKey("servername")) {
            script.set("servername", tls.get("servername"));
        }
        ShellCommand ask = ShellCommand.of().word(ShellWord.ARGUMENTS);
        for (String file : List.of("cacert", "cert", "key")) {
            if (tls.containsKey(file)) {
                ask.word("--" + file).word(tls.get(file));
            }
        }
        script.function("ask", List.of(ask));
    }

    String name() {
        if (builder.name() != null) {
            return builder.keep() ? builder.name() : builder.name() + "-" + id;
        }
        if (!builder.keep()) {
            return BuilderName.ephemeral(id);
        }
        return isPool(builder) ? BuilderName.keptPool() : BuilderName.kept(builder, granted);
    }

    /** The settings in the order in which buildx stores them. */
    private String endpoints() {
        StringBuilder endpoints = new StringBuilder();
        for (BuilderNode node : builder.nodes()) {
            endpoints.append(node.endpoint() == null ? "" : " " + node.endpoint());
        }
        return endpoints.toString();
    }
}
