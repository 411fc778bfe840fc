package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The builder that a build uses. */
final class BuilderArguments {
    @Option(
            names = "--builder-name",
            paramLabel = "NAME",
            description =
                    "An existing builder, or with a driver the one that is made. Default: one that follows from its settings.")
    private String name;

    @Option(
            names = "--builder-driver",
            paramLabel = "NAME",
            description = "auto (default), docker-container, docker, remote, kubernetes or existing.")
    private String driver;

    @Option(
            names = "--builder-endpoint",
            paramLabel = "URL",
            description = "Of driver remote: tcp://host:port or unix:///path.")
    private String endpoint;

    @Option(
            names = "--builder-cacert",
            paramLabel = "FILE",
            description = "Of driver remote: the authority that signed buildkitd's certificate.")
    private Path cacert;

    @Option(names = "--builder-cert", paramLabel = "FILE", description = "Of driver remote: the client's certificate.")
    private Path cert;

    @Option(
            names = "--builder-key",
            paramLabel = "FILE",
            description = "Of driver remote: the key of the client's certificate.")
    private Path key;

    @Option(
            names = "--builder-image",
            paramLabel = "REFERENCE",
            description = "The BuildKit image of a builder that is made.")
    private String image;

    @Option(
            names = "--builder-keep",
            negatable = true,
            fallbackValue = "true",
            defaultValue = "true",
            description = "Keep a builder that was made, with its cache, for the next build. Default: yes.")
    private boolean keep = true;

    @Option(
            names = "--builder-driver-opt",
            paramLabel = "NAME=VALUE",
            description = "Such as network=host; repeatable.")
    private Map<String, String> driverOpts = new LinkedHashMap<>();

    @Option(
            names = "--builder-node",
            paramLabel = "NODE",
            description =
                    "A further node of a builder that is made: 'endpoint=URL [platform=OS/ARCH[,...]] [NAME=VALUE ...]'; repeatable.")
    private List<String> nodes = List.of();

    @Option(
            names = "--builder-gc",
            paramLabel = "NAME=VALUE",
            description =
                    "A limit of a builder's cache: reservedSpace, maxUsedSpace or minFreeSpace, such as maxUsedSpace=50GB; repeatable.")
    private Map<String, String> gc = new LinkedHashMap<>();

    @Option(
            names = "--buildkitd-config",
            paramLabel = "FILE",
            description = "The buildkitd.toml of a builder that is made.")
    private Path buildkitdConfig;

    @Option(names = "--buildkitd-flag", paramLabel = "FLAG", description = "A further flag of buildkitd; repeatable.")
    private List<String> buildkitdFlags = List.of();

    private Map<String, String> driverOpts() throws IOException {
        Map<String, String> all = new LinkedHashMap<>(driverOpts);
        file(all, "cacert", cacert);
        file(all, "cert", cert);
        file(all, "key", key);
        return all;
    }

    private static void file(Map<String, String> all, String name, Path file) throws IOException {
        if (file != null && !Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString(), null, "--builder-" + name + " names no file");
        } else if (file != null) {
            all.put(name, file.toAbsolutePath().normalize().toString());
        }
    }

    /** Adds what was given. */
    ImageSpecBuilder fill(ImageSpecBuilder options) throws IOException {
        return options.builderName(name)
                .builderDriver(driver)
                .builderEndpoint(endpoint)
                .builderImage(image)
                .builderKeep(keep)
                .builderDriverOpts(driverOpts())
                .builderNodes(nodes)
                .builderGc(gc)
                .buildkitdConfig(buildkitdConfig == null ? null : Files.readString(buildkitdConfig))
                .buildkitdFlags(buildkitdFlags);
    }
}
