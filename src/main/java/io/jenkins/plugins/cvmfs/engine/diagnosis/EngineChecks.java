package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.shell.ShellFiles;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.ArrayList;
import java.util.List;

/** Checks of the docker command and the engine that it reaches. */
final class EngineChecks {
    private static final int NOT_FOUND = 127;
    private static final String TLS_FILES = ShellFiles.read(EngineChecks.class, "tls-files.sh");

    private final Probe probe;
    private final FrontEnd frontEnd;
    private final String host;
    private final Probe.Answer command;
    private final Probe.Answer versions;
    private final String security;

    EngineChecks(Probe probe, FrontEnd frontEnd) {
        this.probe = probe;
        this.frontEnd = frontEnd;
        this.host = host(probe);
        this.command = probe.run("", "docker", "--version");
        this.versions = probe.run(
                "",
                "docker",
                "version",
                "--format",
                "{{.Server.Version}} {{.Client.APIVersion}} {{.Server.APIVersion}}");
        this.security = answers()
                ? probe.run("", "docker", "info", "--format", "{{.SecurityOptions}}")
                        .output()
                : "";
    }

    /** Whether a Docker engine answers. */
    boolean answers() {
        return versions.ok() && !isPodman();
    }

    /** The engine's version. */
    String version() {
        return words()[0];
    }

    /** Whether the engine sees the files of this machine. */
    boolean isLocal() {
        return isLocal(host);
    }

    /** The same, without a question to the engine. */
    static boolean isLocal(Probe probe) {
        return isLocal(host(probe));
    }

    private static boolean isLocal(String host) {
        return host.isEmpty() || host.startsWith("unix:");
    }

    private static String host(Probe probe) {
        return probe.shell("echo \"${DOCKER_HOST-}\"").output().strip();
    }

    boolean isRootless() {
        return security.contains("rootless");
    }

    /** The engine's data directory. */
    String root() {
        return probe.run("", "docker", "info", "--format", "{{.DockerRootDir}}").lastLine();
    }

    List<Check> reached() {
        List<Check> checks = new ArrayList<>();
        checks.add(engine());
        if (answers()) {
            String[] words = words();
            checks.add(Check.ok(
                    "API version", words.length < 3 ? words[0] : "client " + words[1] + ", engine " + words[2]));
        }
        if (probe.shell("[ -n \"${DOCKER_TLS_VERIFY-}\" ]").ok()) {
            checks.add(tls());
        }
        return checks;
    }

    private String[] words() {
        return versions.output().strip().split(" ");
    }

    private boolean isPodman() {
        return command.output().contains("podman") || versions.output().contains("podman");
    }

    private Check engine() {
        String what = "docker engine";
        if (command.exitCode() == NOT_FOUND) {
            return Check.lacking(
                    what, "no docker command", "Install docker's command line (docker-ce-cli or docker.io)");
        } else if (isPodman()) {
            return Check.lacking(
                    what,
                    "the docker command is podman",
                    "Install docker's command line and engine (docker-ce), and remove podman-docker");
        } else if (versions.ok()) {
            return Check.ok(what, "version " + version() + (host.isEmpty() ? "" : " at " + host));
        }
        Finding finding = explain(Phase.BUILDER, versions, Driver.DOCKER, frontEnd);
        return finding.cause().equals("unknown")
                ? Check.lacking(
                        what,
                        versions.lastLine(),
                        "Start the engine ('systemctl start docker'), or set DOCKER_HOST to one that runs")
                : Check.lacking(what, finding.why(), finding.fix());
    }

    private Check tls() {
        String what = "TLS to the engine (DOCKER_TLS_VERIFY)";
        List<String> lines = probe.shell(TLS_FILES).output().strip().lines().toList();
        String directory = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        List<String> missing = lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
        return missing.isEmpty()
                ? Check.ok(what, "certificates in " + directory)
                : Check.lacking(
                        what,
                        String.join(", ", missing) + " missing or not readable in " + directory,
                        "Set DOCKER_CERT_PATH to the directory that has ca.pem, cert.pem and key.pem, or unset "
                                + "DOCKER_TLS_VERIFY");
    }

    /** Whether a container may mount, which strategy commit needs. */
    Check mayMount() {
        String what = "containers that may mount";
        if (!isRootless()) {
            return Check.ok(what, "the engine runs as root");
        }
        return probe.shell("[ -r /dev/fuse ] && [ -w /dev/fuse ]").ok()
                ? Check.ok(what, "the engine is rootless, and /dev/fuse may be used by this user")
                : Check.lacking(
                        what,
                        "the engine is rootless, and this user may not use /dev/fuse",
                        "'chmod a+rw /dev/fuse' on the engine's machine, or use an engine that runs as root");
    }

    /** The explanation of an answer from the catalogue of causes. */
    static Finding explain(Phase phase, Probe.Answer answer, Driver driver, FrontEnd frontEnd) {
        return Diagnosis.of(
                new Evidence(anything(), phase, answer.exitCode(), answer.output(), driver, new Review("", List.of())),
                frontEnd);
    }

    private static ImageSpec anything() {
        try {
            return ImageSpec.of(new GivenOptions().give(ImageTable.TAGS, List.of("unnamed")), WorkspaceFiles.UNCHECKED);
        } catch (InvalidSpecException e) {
            throw new IllegalStateException(e);
        }
    }
}
