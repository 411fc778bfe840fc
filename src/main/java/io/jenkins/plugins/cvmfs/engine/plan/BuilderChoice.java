package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.spec.GateRules;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.Optional;

/**
 * Chooses between the engine's own builder and one in a container, for driver {@code auto}.
 *
 * <p>Often the description alone decides. Otherwise {@code choice.sh} asks the engine, once.
 */
final class BuilderChoice {
    private final Driver driver;
    private final String why;
    private final boolean reads;

    private BuilderChoice(Driver driver, String why, boolean reads) {
        this.driver = driver;
        this.why = why;
        this.reads = reads;
    }

    /** @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build */
    static BuilderChoice of(ImageSpec spec, Optional<String> dockerfile) {
        if (spec.readsHost()) {
            return new BuilderChoice(Driver.DOCKER, "a builder in a container does not see the agent's /cvmfs", false);
        }
        Optional<String> option = notTheEngines(spec);
        if (option.isPresent()) {
            return new BuilderChoice(
                    Driver.DOCKER_CONTAINER, "the engine's own builder may not support " + option.get(), false);
        }
        return spec.insecure()
                ? new BuilderChoice(Driver.AUTO, null, readsInsecureRun(spec, dockerfile))
                : new BuilderChoice(Driver.DOCKER, "insecure is false", false);
    }

    /** The driver, or {@link Driver#AUTO} if the engine must be asked. */
    Driver driver() {
        return driver;
    }

    /** What the engine's own builder must support. */
    String need() {
        return reads ? "frontend" : "grant";
    }

    /** Adds the line that chooses or names the driver. */
    void addTo(Script script) {
        if (driver == Driver.AUTO) {
            script.perform(
                    Phase.BUILDER,
                    "Choose between the engine's own builder and one in a container",
                    ShellCommand.of("choose_builder", need()));
        } else {
            script.call(ShellCommand.of("say_choice", driver.text()).word(why));
        }
    }

    /** An option that only some engines' builders support, or none. */
    private static Optional<String> notTheEngines(ImageSpec spec) {
        return spec.options().makesImage()
                ? GateRules.asked(spec.values()).stream()
                        .filter(asked -> asked.needs(Part.DRIVER).isPresent())
                        .map(GateRules.Asked::what)
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the engine's own frontend reads the Dockerfile and must support RUN --security. */
    private static boolean readsInsecureRun(ImageSpec spec, Optional<String> dockerfile) {
        if (spec.source() instanceof Source.Setup
                || !spec.options()
                        .buildArgs()
                        .getOrDefault("BUILDKIT_SYNTAX", "")
                        .isBlank()) {
            return false;
        }
        boolean named = dockerfile
                .flatMap(SyntaxDirective::frontends)
                .filter(frontends -> !frontends.isEmpty())
                .isPresent();
        return !named && dockerfile.filter(text -> !text.contains("--security")).isEmpty();
    }
}
