package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.List;
import java.util.Map;

/** The options that a user has given, as far as an image that is built again takes the rest from its record. */
public final class GivenOptions {
    private final ImageSpecBuilder in;

    /** @param in takes what is missing */
    public GivenOptions(ImageSpecBuilder in) {
        this.in = in;
    }

    /**
     * Whether an option was given.
     *
     * @param name which one of an option that has several values, otherwise null
     */
    public boolean has(String option, String name) {
        return switch (option) {
            case "setup" -> hasSetup();
            case "context" -> in.context != null;
            case "buildArgs" -> in.buildArgs.containsKey(name);
            case "labels" -> in.labels.containsKey(name);
            case "buildContexts" -> in.buildContexts.containsKey(name);
            case "cvmfsParameters" -> in.cvmfsParameters.containsKey(name);
            case "annotations" -> in.annotations.stream().anyMatch(annotation -> annotation.startsWith(name + "="));
            case "secrets" ->
                in.secrets.stream()
                        .anyMatch(secret -> List.of(secret.split(",")).contains("id=" + name));
            case "ssh" -> in.ssh.stream().anyMatch(ssh -> ssh.split("=", 2)[0].equals(name));
            default -> false;
        };
    }

    private boolean hasSetup() {
        return in.setup != null || in.setupFile != null || in.setupUrl != null;
    }

    /** Takes what was not given from others. Of lists one that was given stays alone; pins are those of both. */
    public void complete(ImageSpecBuilder others) {
        if (!hasSetup()) {
            in.setupFile = others.setupFile;
            in.setupUrl = others.setupUrl;
            in.setupSha256 = or(in.setupSha256, others.setupSha256);
        }
        in.dockerfile = or(in.dockerfile, others.dockerfile);
        in.context = or(in.context, others.context);
        in.target = or(in.target, others.target);
        in.baseImage = or(in.baseImage, others.baseImage);
        in.strategy = or(in.strategy, others.strategy);
        in.mounts = or(in.mounts, others.mounts);
        in.cvmfsHttpProxy = or(in.cvmfsHttpProxy, others.cvmfsHttpProxy);
        in.cvmfsQuotaLimit = or(in.cvmfsQuotaLimit, others.cvmfsQuotaLimit);
        in.cvmfsProfile = or(in.cvmfsProfile, others.cvmfsProfile);
        in.cvmfsUseCdn = or(in.cvmfsUseCdn, others.cvmfsUseCdn);
        in.cvmfsCacheBase = or(in.cvmfsCacheBase, others.cvmfsCacheBase);
        in.cvmfsPins.addAll(others.cvmfsPins);
        in.uid = or(in.uid, others.uid);
        in.gid = or(in.gid, others.gid);
        in.insecure &= others.insecure;
        in.wipeCache &= others.wipeCache;
        if (in.builderName == null && in.builderEndpoint == null) {
            in.builderDriver = or(in.builderDriver, others.builderDriver);
        }
        complete(in.buildArgs, others.buildArgs);
        complete(in.labels, others.labels);
        complete(in.buildContexts, others.buildContexts);
        complete(in.cvmfsParameters, others.cvmfsParameters);
        complete(in.annotations, others.annotations);
        complete(in.platforms, others.platforms);
    }

    private static <T> T or(T given, T other) {
        return given == null ? other : given;
    }

    private static void complete(Map<String, String> given, Map<String, String> others) {
        others.forEach(given::putIfAbsent);
    }

    private static void complete(List<String> given, List<String> others) {
        if (given.isEmpty()) {
            given.addAll(others);
        }
    }
}
