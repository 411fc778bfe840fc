package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what strategy buildx needs: the plugin, and a builder in which a RUN can mount. */
final class BuilderChecks {
    /**
     * Every frontend parses this stage but none builds it, since no later stage needs it. So it shows what the frontend
     * knows.
     */
    private static final String UNUSED_STAGE =
            "FROM scratch AS unused\nRUN %s [\"/unused\"]\nFROM scratch\nLABEL cvmfs.derived.image.probe=1\n";

    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");
    private static final String OWN = "driver docker: the engine's own builder";
    private static final String CONTAINER = "driver docker-container: a builder in a container";
    private static final String ROOTLESS_FIX = "Use {strategy} commit, or an engine that runs as root";

    private final Probe probe;
    private final EngineChecks engine;
    private final FrontEnd frontEnd;
    private final String own;

    BuilderChecks(Probe probe, EngineChecks engine, FrontEnd frontEnd) {
        this.probe = probe;
        this.engine = engine;
        this.frontEnd = frontEnd;
        Probe.Answer context = probe.run("", "docker", "context", "show");
        this.own = context.ok() ? context.lastLine() : "default";
    }

    List<Check> checks() {
        List<Check> checks = new ArrayList<>();
        checks.add(plugin());
        if (checks.get(0).state() != Check.State.LACKING) {
            checks.add(ownBuilder());
            checks.add(containerBuilder());
        }
        return checks;
    }

    private Check plugin() {
        String what = "buildx";
        Probe.Answer version = probe.run("", "docker", "buildx", "version");
        if (!version.ok()) {
            return Check.lacking(
                    what,
                    "no buildx plugin",
                    "Install docker-buildx-plugin (docker) or docker-buildx (Debian, Ubuntu)");
        }
        return atLeast(version.lastLine(), 0, 13)
                ? Check.ok(what, version.lastLine())
                : Check.warning(
                        what,
                        version.lastLine(),
                        "Install a newer docker-buildx: annotations and a buildkitd configuration need 0.13");
    }

    private Probe.Answer build(String dockerfile, String... options) {
        List<String> command = new ArrayList<>(List.of("docker", "buildx", "build", "--builder=" + own));
        command.addAll(List.of(options));
        command.addAll(List.of("--output=type=cacheonly", "-"));
        return probe.run(dockerfile, command.toArray(String[]::new));
    }

    private Check ownBuilder() {
        Probe.Answer build = build(UNUSED_STAGE.formatted("--security=insecure"), "--allow=security.insecure");
        if (build.ok() && engine.isRootless()) {
            return rootless(OWN);
        } else if (build.ok()) {
            String devices =
                    build(UNUSED_STAGE.formatted("--device=cern.ch/cvmfs")).ok()
                            ? ", and its frontend knows RUN --security and RUN --device"
                            : ", and its frontend knows RUN --security (RUN --device needs '# "
                                    + "syntax=docker/dockerfile:1-labs')";
            return Check.ok(OWN, "grants security.insecure" + devices);
        }
        Finding finding = EngineChecks.explain(Phase.BUILD, build, Driver.DOCKER, frontEnd);
        return switch (finding.cause()) {
            case "insecure-frontend" ->
                Check.warning(
                        OWN,
                        "grants security.insecure, but its own frontend is too old for RUN --security",
                        "Begin the Dockerfile with '# syntax=docker/dockerfile:1'");
            case "unknown" ->
                Check.lacking(
                        OWN,
                        build.lastLine(),
                        "Set " + frontEnd.naming().apply("builderDriver") + " to docker-container");
            case "entitlement-not-granted" -> Check.lacking(OWN, "does not grant security.insecure", finding.fix());
            default -> Check.lacking(OWN, finding.why(), finding.fix());
        };
    }

    private Check containerBuilder() {
        if (engine.isRootless()) {
            return rootless(CONTAINER);
        }
        boolean image = isHere(BuilderSpec.DEFAULT_IMAGE);
        String found = BuilderSpec.DEFAULT_IMAGE + (image ? " is here" : " will be pulled");
        return atLeast(engine.version(), 23, 0)
                ? Check.ok(CONTAINER, found)
                : Check.warning(
                        CONTAINER,
                        found + "; engines before 23 cannot start it where they lack a capability",
                        "Use docker 26 or later if creating the builder fails with 'unable to apply caps'");
    }

    private Check rootless(String what) {
        return Check.lacking(
                what,
                "the engine is rootless: a RUN --security=insecure cannot mount CVMFS there",
                ROOTLESS_FIX.replace("{strategy}", frontEnd.naming().apply("strategy")));
    }

    /** Checks whether a RUN can resolve a name, by building on an image that the engine has. */
    Check resolves(String host) {
        String what = "DNS of a RUN";
        for (String image : List.of(ImageSpec.DEFAULT_BASE_IMAGE, BuilderSpec.DEFAULT_IMAGE, "debian:bookworm")) {
            if (isHere(image)) {
                String run = "RUN getent hosts " + host + " || nslookup " + host + "\n";
                Probe.Answer build = build("FROM " + image + "\n" + run, "--no-cache");
                return build.ok()
                        ? Check.ok(what, host + " is resolved (tried in " + image + ")")
                        : Check.warning(
                                what,
                                host + " cannot be resolved in a container (tried in " + image + ")",
                                "Check \"dns\" in daemon.json and the firewall between containers and the DNS server");
            }
        }
        return Check.warning(
                what,
                "not tried: the engine has no image to try it with",
                "'docker pull " + ImageSpec.DEFAULT_BASE_IMAGE + "'");
    }

    private boolean isHere(String image) {
        return probe.run("", "docker", "image", "inspect", "--format", "{{.Id}}", image)
                .ok();
    }

    private static boolean atLeast(String version, int major, int minor) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.find()) {
            return false;
        }
        int found = Integer.parseInt(numbers.group(1));
        return found > major || found == major && Integer.parseInt(numbers.group(2)) >= minor;
    }
}
