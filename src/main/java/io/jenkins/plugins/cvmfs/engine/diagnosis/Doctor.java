package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what a machine has and lacks for either strategy. It makes nothing and pulls nothing. */
public final class Doctor {
    /** Parsed by every frontend but built by none, since no later stage needs it: it tells what the frontend knows. */
    private static final String INSECURE_DOCKERFILE =
            "FROM scratch AS unused\nRUN --security=insecure [\"/unused\"]\nFROM scratch\nLABEL cvmfs.derived.image.probe=1\n";

    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+)");

    private final Probe probe;

    /** @param probe reaches the machine */
    public Doctor(Probe probe) {
        this.probe = probe;
    }

    /**
     * What is found.
     *
     * @param common what both strategies need
     * @param buildx what strategy buildx needs; one working builder is enough
     * @param commit what strategy commit needs
     */
    public record Report(List<Check> common, List<Check> buildx, List<Check> commit) {
        /** Whether strategy buildx can work. */
        public boolean buildxWorks() {
            return works(common)
                    && works(buildx.subList(0, Math.min(1, buildx.size())))
                    && buildx.stream().skip(1).anyMatch(check -> check.state() != Check.State.LACKING);
        }

        /** Whether strategy commit can work. */
        public boolean commitWorks() {
            return works(common) && works(commit);
        }

        private static boolean works(List<Check> checks) {
            return checks.stream().noneMatch(check -> check.state() == Check.State.LACKING);
        }
    }

    /** Looks. */
    public Report report() {
        List<Check> common = new ArrayList<>();
        List<Check> buildx = new ArrayList<>();
        List<Check> commit = new ArrayList<>();
        Probe.Answer engine = probe.run("", "docker", "version", "--format", "{{.Server.Version}}");
        common.add(engine(engine));
        common.add(fuse());
        common.add(fetching());
        if (engine.ok()) {
            buildx.add(buildxPlugin());
            if (buildx.get(0).state() != Check.State.LACKING) {
                buildx.add(ownBuilder());
                buildx.add(containerBuilder(engine.output().strip()));
            }
            commit.add(capabilities());
        }
        return new Report(common, buildx, commit);
    }

    private Check engine(Probe.Answer engine) {
        String what = "docker engine";
        if (engine.ok()) {
            return Check.ok(what, "version " + engine.output().strip());
        }
        if (engine.exitCode() == 127) {
            return Check.lacking(what, "no docker command", "install docker.io or docker-ce");
        }
        String output = engine.output().strip();
        String fix = output.contains("permission denied")
                ? "add this user to the group docker (which makes it root here), or run as root"
                : "start the engine ('systemctl start docker'), or set DOCKER_HOST to one that runs";
        return Check.lacking(what, lastLine(output), fix);
    }

    private Check fuse() {
        String what = "/dev/fuse";
        return probe.run("", "test", "-c", "/dev/fuse").ok()
                ? Check.ok(what, "is here")
                : Check.warning(
                        what, "not on this machine", "'modprobe fuse', unless the engine runs on another machine");
    }

    private Check fetching() {
        String what = "fetching setup scripts by URL";
        if (probe.run("", "curl", "--version").ok()) {
            return Check.ok(what, "curl");
        }
        return probe.run("", "wget", "--version").ok()
                ? Check.ok(what, "wget")
                : Check.warning(what, "neither curl nor wget", "install curl, if you use setup-url");
    }

    private Check buildxPlugin() {
        String what = "buildx";
        Probe.Answer version = probe.run("", "docker", "buildx", "version");
        if (!version.ok()) {
            return Check.lacking(
                    what, "no buildx plugin", "install docker-buildx (Debian, Ubuntu) or docker-buildx-plugin");
        }
        String found = lastLine(version.output());
        return atLeast(found, 0, 13)
                ? Check.ok(what, found)
                : Check.warning(
                        what, found, "annotations and buildkitd-config need 0.13; install a newer docker-buildx");
    }

    private Check ownBuilder() {
        String what = "driver docker: the engine's own builder";
        Probe.Answer context = probe.run("", "docker", "context", "show");
        Probe.Answer build = probe.run(
                INSECURE_DOCKERFILE,
                "docker",
                "buildx",
                "build",
                "--builder=" + (context.ok() ? context.output().strip() : "default"),
                "--allow=security.insecure",
                "--output=type=cacheonly",
                "-");
        if (build.ok()) {
            return Check.ok(what, "grants security.insecure, and its frontend knows RUN --security");
        }
        if (build.output().contains("nknown flag: security") || build.output().contains("nknown flag: --security")) {
            return Check.warning(
                    what,
                    "grants security.insecure, but its own frontend is too old for RUN --security",
                    "begin the Dockerfile with '# syntax=docker/dockerfile:1'");
        }
        if (build.output().contains("is not allowed by build daemon configuration")) {
            return Check.lacking(
                    what,
                    "does not grant security.insecure",
                    "add {\"builder\":{\"Entitlements\":{\"security-insecure\":true}}} to daemon.json and restart the engine");
        }
        return Check.lacking(what, lastLine(build.output()), "use the driver docker-container");
    }

    private Check containerBuilder(String engineVersion) {
        String what = "driver docker-container: a builder of its own";
        boolean image = probe.run("", "docker", "image", "inspect", "--format", "{{.Id}}", BuilderSpec.DEFAULT_IMAGE)
                .ok();
        String found = BuilderSpec.DEFAULT_IMAGE + (image ? " is here" : " will be pulled");
        return atLeast(engineVersion, 23, 0)
                ? Check.ok(what, found)
                : Check.warning(
                        what,
                        found + "; engines before 23 cannot start it where they lack a capability",
                        "use docker 26 or later if making the builder fails with 'unable to apply caps'");
    }

    private Check capabilities() {
        String what = "containers that may mount";
        Probe.Answer options = probe.run("", "docker", "info", "--format", "{{.SecurityOptions}}");
        if (options.output().contains("rootless")) {
            return Check.lacking(what, "the engine is rootless", "use an engine that runs as root");
        }
        return Check.ok(what, "the engine runs as root");
    }

    private static boolean atLeast(String version, int major, int minor) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.find()) {
            return false;
        }
        int found = Integer.parseInt(numbers.group(1));
        return found > major || found == major && Integer.parseInt(numbers.group(2)) >= minor;
    }

    private static String lastLine(String output) {
        String text = output.strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
