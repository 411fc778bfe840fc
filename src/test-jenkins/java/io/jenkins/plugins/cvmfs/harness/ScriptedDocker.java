package io.jenkins.plugins.cvmfs.harness;

import hudson.EnvVars;
import hudson.model.Label;
import hudson.slaves.DumbSlave;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.jvnet.hudson.test.JenkinsRule;

/**
 * A {@code docker} of shell text on an agent's PATH, which answers like a container builder that pushes.
 *
 * <p>It notes how it is called, one line a call, and what its configuration holds.
 */
public final class ScriptedDocker {
    /** The image that it makes. */
    public static final String IMAGE_ID = "sha256:" + "c".repeat(64);

    private static final String MANIFEST =
            "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"layers\":[{\"size\":1000},{\"size\":234}]}";

    private static final String SCRIPT =
            """
            #!/bin/sh
            notes=$(dirname "$0")/../notes
            case "$*" in
                'buildx build '*' --output=type=cacheonly -')
                    # Driver auto asks what the engine's own builder grants.
                    if [ ! -e "$notes/without-buildx" ]; then
                        case "$*" in *--allow=security.insecure*) exit 1 ;; *) exit 0 ;; esac
                    fi ;;
            esac
            echo "$*" >>"$notes/calls"
            cat "${DOCKER_CONFIG:-$HOME/.docker}/config.json" >>"$notes/configs" 2>/dev/null
            [ ! -e "$notes/without-buildx" ] || { echo "docker: unknown command: docker $1" >&2; exit 1; }
            case "$1 $2" in
                'buildx build')
                    [ ! -e "$notes/fail" ] || { cat "$notes/fail" >&2; exit 1; }
                    [ ! -e "$notes/before" ] || . "$notes/before"
                    echo "making it in $PWD"
                    if [ -e "$notes/block" ]; then
                        echo >"$notes/blocked"
                        while [ -e "$notes/block" ]; do sleep 0.1; done
                    fi
                    for argument; do
                        case $argument in
                            --metadata-file=*) metadata=${argument#*=}; cat "$notes/metadata" >"$metadata" ;;
                            --iidfile=*) printf %s '@IMAGE@' >"${argument#*=}" ;;
                        esac
                    done
                    [ ! -e "$notes/then" ] || . "$notes/then" ;;
                'buildx imagetools')
                    [ ! -e "$notes/refuse" ] || { cat "$notes/refuse" >&2; exit 1; }
                    [ "$3" = create ] || cat "$notes/manifest" ;;
                'buildx history')
                    for argument; do
                        case $argument in --output=*) echo 'log and arguments' >"${argument#*=}" ;; esac
                    done ;;
                'image inspect') echo '{"Id":"@IMAGE@","Size":5000,"Os":"linux","Architecture":"amd64","RepoDigests":[]}' ;;
            esac
            """;

    private final Path directory;
    private final Path notes;

    /** @param directory of its own */
    public ScriptedDocker(Path directory) throws Exception {
        this.directory = directory;
        this.notes = Files.createDirectories(directory.resolve("notes"));
        Path docker = Files.createDirectories(directory.resolve("bin")).resolve("docker");
        Files.writeString(docker, SCRIPT.replace("@IMAGE@", IMAGE_ID));
        Files.setPosixFilePermissions(docker, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(notes.resolve("manifest"), MANIFEST);
        Files.writeString(
                notes.resolve("metadata"),
                """
                {"containerimage.digest": "%s", "containerimage.config.digest": "%s",
                 "buildx.build.ref": "default/default/abc123",
                 "containerimage.descriptor": {"mediaType": "application/vnd.oci.image.manifest.v1+json",
                  "platform": {"os": "linux", "architecture": "amd64"}},
                 "buildx.build.provenance": {"materials": [{"uri": "pkg:docker/cms/base@1?platform=linux",
                  "digest": {"sha256": "%s"}}]}}
                """.formatted(digest(), IMAGE_ID, "b".repeat(64)));
    }

    /** The digest under which its registry has what it pushes. */
    public static String digest() throws Exception {
        byte[] sum = MessageDigest.getInstance("SHA-256").digest(MANIFEST.getBytes(StandardCharsets.UTF_8));
        return "sha256:" + HexFormat.of().formatHex(sum);
    }

    /** An agent, labelled {@code linux}, that has this docker. */
    public DumbSlave agent(JenkinsRule jenkins) throws Exception {
        // What this docker answers is not to be remembered of the real one.
        return jenkins.createOnlineSlave(Label.get("linux"), new EnvVars(
                "PATH", directory.resolve("bin") + ":" + System.getenv("PATH"), "XDG_STATE_HOME", directory.resolve("state").toString()));
    }

    /** An agent, labelled {@code linux}, with commands from elsewhere. */
    public static DumbSlave agent(JenkinsRule jenkins, String path) throws Exception {
        return jenkins.createOnlineSlave(Label.get("linux"), new EnvVars("PATH", path));
    }

    /** Lets something be so: {@code block} until {@link #release}, or {@code without-buildx}. */
    public void be(String state) throws IOException {
        Files.createFile(notes.resolve(state));
    }

    /** Lets a build fail with that text. */
    public void fail(String text) throws IOException {
        Files.writeString(notes.resolve("fail"), text);
    }

    /** Lets the registry refuse what is not a build with that text. */
    public void refuse(String text) throws IOException {
        Files.writeString(notes.resolve("refuse"), text);
    }

    /** Where a Docker installation of Jenkins has it. */
    public String home() {
        return directory.toString();
    }

    /** Lets a build begin with shell commands. */
    public void before(String commands) throws IOException {
        Files.writeString(notes.resolve("before"), commands);
    }

    /** Lets a build end with shell commands, to which {@code $metadata} is the metadata's file. */
    public void then(String commands) throws IOException {
        Files.writeString(notes.resolve("then"), commands);
    }

    /** Ends what {@code block} holds. */
    public void release() throws IOException {
        Files.deleteIfExists(notes.resolve("block"));
    }

    /** Waits until a build is held. */
    public void awaitBlocked() throws InterruptedException {
        for (int i = 0; i < 1200 && !Files.exists(notes.resolve("blocked")); i++) {
            Thread.sleep(50);
        }
        if (!Files.exists(notes.resolve("blocked"))) {
            throw new AssertionError("no build began");
        }
    }

    /** How it was called. */
    public List<String> calls() throws IOException {
        return lines("calls");
    }

    /** What its configuration held, all calls together. */
    public String configs() throws IOException {
        return String.join("\n", lines("configs"));
    }

    private List<String> lines(String name) throws IOException {
        Path file = notes.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }
}
