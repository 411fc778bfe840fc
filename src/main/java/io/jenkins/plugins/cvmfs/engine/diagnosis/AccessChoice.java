package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The decision for {@link CvmfsAccess#AUTO} on a machine.
 *
 * @param access one of the others
 * @param why the reason, as part of a sentence
 */
public record AccessChoice(CvmfsAccess access, String why) {
    /**
     * Decides. Inspects the machine only if nothing else decides.
     *
     * @param spec the image to build
     * @param dockerfile the text of the Dockerfile; empty for a setup script, or if it cannot be read
     * @param naming how the front end spells an option
     * @param probe reaches the machine that builds
     */
    public static AccessChoice of(
            ImageSpec spec, Optional<String> dockerfile, UnaryOperator<String> naming, Probe probe) {
        return option(spec)
                .map(option -> naming.apply(option.name()) + " needs it")
                .or(() -> builder(spec))
                .or(() -> source(spec, dockerfile, naming))
                .or(() -> new HostAccess(probe, spec.hostDirectory())
                        .obstacle(spec.mounts().repositories(), spec.strategy() == Strategy.BUILDX))
                .map(why -> new AccessChoice(CvmfsAccess.CLIENT, why))
                .orElseGet(() -> new AccessChoice(CvmfsAccess.HOST, has(spec)));
    }

    /** The line for the log. */
    public String line() {
        return "CVMFS: access " + access.text() + ", since " + why + ".";
    }

    /** The options, with the decision. */
    public GivenOptions in(GivenOptions options) {
        return options.without(List.of(ClientTable.ACCESS)).give(ClientTable.ACCESS, access.text());
    }

    private static Optional<Option> option(ImageSpec spec) {
        GivenOptions given = spec.values();
        return Stream.concat(ClientTable.OF_CLIENT.stream(), Stream.of(ClientTable.PINS))
                .filter(given::has)
                .findFirst();
    }

    private static Optional<String> builder(ImageSpec spec) {
        Driver driver = spec.builder().driver();
        if (spec.strategy() == Strategy.COMMIT || driver == Driver.AUTO || driver == Driver.DOCKER) {
            return Optional.empty();
        }
        return Optional.of(
                driver.runsBuildkit()
                        ? "a builder in a container does not see the agent's /cvmfs"
                        : "it is unknown whether the builder of driver " + driver.text() + " sees the agent's /cvmfs");
    }

    private static Optional<String> source(ImageSpec spec, Optional<String> dockerfile, UnaryOperator<String> naming) {
        Mounts mounts = spec.mounts();
        if (spec.source() instanceof Source.Dockerfile
                && !dockerfile.map(AccessChoice::hasDevice).orElse(false)) {
            return Optional.of("the Dockerfile has no RUN --device=" + CvmfsDevice.NAME);
        } else if (mounts.repositories().isEmpty() && spec.source() instanceof Source.Setup) {
            return Optional.of(naming.apply("mounts") + " names no repository");
        }
        return Optional.empty();
    }

    private static boolean hasDevice(String dockerfile) {
        return Dockerfile.parse(dockerfile).stream()
                .flatMap(file -> file.instructions().stream())
                .flatMap(instruction -> instruction.devices().stream())
                .anyMatch(device -> device.name().equals(CvmfsDevice.NAME));
    }

    private static String has(ImageSpec spec) {
        List<String> repositories = spec.mounts().repositories();
        return repositories.isEmpty()
                ? "the engine knows the device " + CvmfsDevice.NAME
                : "the agent has " + String.join(", ", repositories) + " mounted";
    }
}
