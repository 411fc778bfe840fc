package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A text by which a failure is known. The texts are those of docker 20.10 to 28.5, buildx 0.29, BuildKit 0.32,
 * Dockerfile frontends from 1.19, and CernVM-FS 2.12.
 *
 * @param text found in the last output
 * @param why why it failed; {@code $1} stands for the pattern's first group
 * @param fix what helps
 */
record Symptom(Pattern text, String why, String fix) {
    private static final String ALLOW_ENGINE =
            "Add {\"builder\":{\"Entitlements\":{\"security-insecure\":true}}} to the engine's daemon.json and restart it, "
                    + "or use the driver docker-container, or set insecure to false if no RUN mounts CVMFS.";

    /** What is known, the more telling text first. */
    static final List<Symptom> KNOWN = List.of(
            of(
                    "The engine's own builder was chosen before, but now: ([^\\n]*)\\. The next build",
                    "The engine's own builder was chosen for an earlier build, and has changed: $1.",
                    "Build again: that choice is forgotten, and the next build chooses anew. To have the engine's own builder back: add "
                            + "{\"builder\":{\"Entitlements\":{\"security-insecure\":true}}} to the engine's daemon.json and restart it."),
            of(
                    "granting entitlement (\\S+) is not allowed by build daemon configuration",
                    "The builder does not grant the entitlement $1, which mounting CVMFS needs.",
                    "A docker-container builder must be made with --buildkitd-flags "
                            + "'--allow-insecure-entitlement=security.insecure'; remove it, so that it is made anew. "
                            + "A remote buildkitd must have insecure-entitlements = [\"security.insecure\"] in its buildkitd.toml. "
                            + "With the engine's own builder: " + ALLOW_ENGINE),
            of(
                    "failed to load LLB: (security\\.insecure|network\\.host) is not allowed",
                    "A RUN asks for $1, which this build was not allowed.",
                    "Set insecure to true, if you trust the Dockerfile with root-like power."),
            of(
                    "(?i)unknown flag: (?:--)?security",
                    "The Dockerfile frontend is too old for RUN --security.",
                    "Begin the Dockerfile with '# syntax=docker/dockerfile:1' (1.20 or later), or use a BuildKit from 0.26."),
            of(
                    "fuse: device not found|Fuse not loaded|fusermount3?: .*: No such file|/dev/fuse.*(?:No such|not permitted|Permission denied)",
                    "The RUN or container that mounts CVMFS has no /dev/fuse.",
                    "Mount in a 'RUN --security=insecure', and see that the machine has /dev/fuse ('modprobe fuse')."),
            of(
                    "fusermount3?: mount failed: Operation not permitted",
                    "The container may not mount: it lacks SYS_ADMIN, or a security profile forbids it.",
                    "Use an engine that is not rootless, and see its AppArmor or SELinux log."),
            of(
                    "Failed to set maximum number of open files",
                    "The limit on open files is too low for the CVMFS client.",
                    "Raise the engine's hard limit (LimitNOFILE), or set a lower CVMFS_NFILES in the base image's configuration."),
            of(
                    "CVMFS is not mounted: ([^\\n]*(?:proxy connection problem|proxy returned|proxy serving data|failed to resolve IP addresses)[^\\n]*)",
                    "The CVMFS client does not get through its proxy: $1.",
                    "Check the proxy's name and port, and that the machine that builds reaches it; the build's set-up of the CVMFS client can name "
                            + "another one (CVMFS_HTTP_PROXY), or DIRECT."),
            of(
                    "CVMFS is not mounted: ([^\\n]*manifest \\(9 - host returned HTTP error[^\\n]*)",
                    "A CVMFS server, or the proxy, answered that there is no such repository, or has trouble: $1.",
                    "Check the repository's name; if it is right, what the proxy and the server say of it."),
            of(
                    "CVMFS is not mounted: ([^\\n]*(?:failed to fetch file catalog|No history)[^\\n]*)",
                    "The repository has no such state: $1.",
                    "Check the tag, date or root hash to which it is pinned; the servers' garbage collection may have removed an old one."),
            of(
                    "CVMFS is not mounted: ([^\\n]*malformed URL[^\\n]*)",
                    "The base image's CVMFS configuration has no server or no key for a repository: $1.",
                    "Take a base image whose /etc/cvmfs knows the repository's domain, or give CVMFS_SERVER_URL and CVMFS_PUBLIC_KEY as parameters "
                            + "of the CVMFS client."),
            of(
                    "CVMFS is not mounted: ([^\\n]*(?:whitelist|public key|signature verification|verify repository)[^\\n]*)",
                    "The CVMFS client does not trust what a server gave it: $1.",
                    "See that the base image's /etc/cvmfs/keys has the repository's own public key, and whether the repository's whitelist has expired."),
            of(
                    "CVMFS is not mounted: ?([^\\n]*)",
                    "These repositories were asked for and are not mounted: $1.",
                    "Check the names, whether the base image's /etc/cvmfs has servers and keys for them, and whether the machine "
                            + "reaches the proxy and the servers (CVMFS_HTTP_PROXY)."),
            of(
                    "unable to apply caps: operation not permitted",
                    "The engine cannot start a privileged container with the capabilities it has itself.",
                    "Use docker 26 or later, or an engine with all capabilities, or strategy commit."),
            of(
                    "(?m)ERROR: exit code 137$|is restarting, wait until the container is running",
                    "BuildKit does not start in the builder's container; it stops at once, most often for a flag or a configuration "
                            + "that it does not know.",
                    "Check the builder's buildkitd flags and configuration; 'docker logs' of the container buildx_buildkit_...0 tells "
                            + "which. Remove the builder ('docker buildx rm'), so that it is made anew."),
            of(
                    "waiting for connection:\\n",
                    "The buildkitd of the builder was not reached: nothing listens there, or it does not accept the certificates.",
                    "Check that buildkitd runs and that this machine reaches its endpoint; with TLS, that cacert signed its certificate for the "
                            + "endpoint's name (else set servername), and whether it wants the client's cert and key. Its own log tells which."),
            of(
                    "existing instance for \"([^\"]+)\" but no append mode",
                    "There is a builder $1 already, and it does not answer.",
                    "Remove it ('docker buildx rm $1'), so that it is made anew."),
            of(
                    "invalid duplicate endpoint (\\S+)",
                    "Two nodes of the builder are on the same engine, $1.",
                    "Give each further node an endpoint of its own."),
            of(
                    "no builder \"([^\"]+)\" found",
                    "There is no builder $1.",
                    "Make it ('docker buildx create --name $1 ...'), or leave the name away, so that a builder is made."),
            of(
                    "unknown command: docker buildx|'buildx' is not a docker command|unknown flag: --builder",
                    "The docker command has no buildx plugin.",
                    "Install it (package docker-buildx or docker-buildx-plugin), or use strategy commit."),
            of(
                    "(?m)docker: (?:command )?not found",
                    "There is no docker command on the PATH.",
                    "Install docker's command line (package docker.io or docker-ce-cli) for the user that builds."),
            of(
                    "permission denied while trying to connect to the (?:D|d)ocker (?:daemon|API)[^\\n]*",
                    "The user that builds may not talk to the docker engine.",
                    "Add the user to the group docker (which makes it root on that machine), and log in again."),
            of(
                    "Cannot connect to the Docker daemon at (\\S+)\\.|(?i)failed to connect to the docker API at (\\S+)",
                    "No docker engine answers at $1.",
                    "Start it ('systemctl start docker'), or let DOCKER_HOST or the docker context name the right one."),
            of(
                    "pull access denied[^\\n]*|repository does not exist or may require authorization",
                    "An image cannot be pulled: its name is wrong, or its registry wants a login.",
                    "Check the name, and give credentials for its registry."),
            of(
                    "401 Unauthorized|no basic auth credentials|authentication required|unauthorized:",
                    "A registry refuses the build's credentials, or got none.",
                    "Give credentials for the registry of each tag, of a user that may push there: in Jenkins' configuration, "
                            + "or by 'docker login HOST'."),
            of(
                    "403 Forbidden|denied: requested access to the resource is denied|insufficient_scope",
                    "The registry knows the user, who may not push to this repository.",
                    "Check the repository's name and the user's rights."),
            of(
                    "(?m)^(?:ERROR: .*)?(?:unexpected status from \\S+ request to \\S+|received unexpected HTTP status): (5\\d\\d [\\w ]+)$",
                    "A registry answers $1: it has trouble of its own.",
                    "See what the registry's log says, and build again when it is well."),
            of(
                    "(?:Get|Head|Put|Post|Patch) \\\\?\"(https?://[^/\"]+)[^\"]*\": (?:context deadline exceeded|net/http: (?:request canceled|TLS handshake timeout)"
                            + "|dial tcp [^\\n]*i/o timeout)",
                    "$1 does not answer in time.",
                    "See whether it runs and whether the machine that builds reaches it (firewall, proxy), and build again."),
            of(
                    "failed to solve: (?:failed to resolve source metadata for )?(\\S*docker/dockerfile\\S*): ",
                    "The Dockerfile frontend $1, which the Dockerfile's syntax line names, cannot be pulled, and the builder's own "
                            + "may be too old for RUN --security.",
                    "See that the builder reaches Docker Hub or a mirror of it (buildkitd configuration, or the engine's "
                            + "registry-mirrors); with the driver docker it is enough that the engine has the image."),
            of(
                    "(?<!\\S)(?:docker\\.io/(\\S+)|((?:[\\w-]+[.:][\\w.:-]*|localhost)/\\S+)): not found",
                    "The image $1 is in no registry that the builder reaches. A docker-container builder does not see the "
                            + "engine's own images.",
                    "Push the image to a registry, or use the driver docker, which sees the engine's images."),
            of(
                    "dial tcp (127\\.0\\.0\\.1:\\d+|\\[::1]:\\d+): connect: connection refused",
                    "Nothing answers at $1. In a docker-container builder that is the builder itself, not the machine.",
                    "Give the builder the driver option network=host, or name the registry by an address that others reach."),
            of(
                    "server gave HTTP response to HTTPS client",
                    "The registry speaks plain HTTP, which is allowed only for registries that are named insecure.",
                    "Let the registry speak TLS, or name it in the builder's buildkitd configuration ([registry.\"HOST\"] http=true)."),
            of(
                    "x509: certificate signed by unknown authority",
                    "The registry's certificate is from an authority that the builder does not know.",
                    "Give the authority's certificate in the builder's buildkitd configuration ([registry.\"HOST\"] ca=[...])."),
            of(
                    "(?i)no such host|Temporary failure in name resolution",
                    "A name could not be resolved.",
                    "Check the registry's name and the machine's DNS; without access to Docker Hub, name a mirror in the builder's "
                            + "buildkitd configuration."),
            of(
                    "docker exporter does not currently support exporting manifest lists",
                    "The engine cannot load an image with attestations or several platforms.",
                    "Set provenance and sbom to false, or push instead of load."),
            of(
                    "Attestation is not supported for the docker driver|attestations? (?:is|are) not supported",
                    "The engine's own builder makes no attestations.",
                    "Leave provenance and sbom out, or use the driver docker-container."),
            of(
                    "error reading from server: EOF|\"graceful_stop\"|code = Unavailable",
                    "The builder went away during the build: it was stopped, removed, or killed for want of memory.",
                    "Build again; if it happens again, look at the builder container's log and the machine's memory."),
            of(
                    "(?i)no space left on device",
                    "A disk is full.",
                    "Free room where the engine keeps its data ('docker system df', 'docker buildx du') and where temporary files are (TMPDIR)."),
            of(
                    "has the sha256 ([0-9a-f]{64}), not ([0-9a-f]{64})",
                    "The setup script is not the one whose sha256 was given; it was not run.",
                    "If the change is wanted, set setupSha256 to $1."));

    private static Symptom of(String regex, String why, String fix) {
        return new Symptom(Pattern.compile(regex), why, fix);
    }
}
