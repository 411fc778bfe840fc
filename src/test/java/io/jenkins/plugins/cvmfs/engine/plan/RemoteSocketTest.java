package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A buildkitd whose socket another user may not open, as in a pod whose agent does not run as root. */
@ParameterizedClass
@MethodSource("shells")
class RemoteSocketTest {
    private static final String ROOT = "root";

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void layDown() throws Exception {
        Files.writeString(root.resolve(ShellLibrary.FILE), ShellLibrary.text());
        allow(Files.createDirectory(root.resolve("results")), "rwxrwxrwx");
        allow(root, "rwxr-xr-x");
    }

    private static void allow(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** Calls a function of the library with a socket of these permissions. */
    private String call(String function, String permissions) throws Exception {
        Path socket = root.resolve("sock");
        try (ServerSocketChannel listens = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listens.bind(UnixDomainSocketAddress.of(socket));
            allow(socket, permissions);
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals(ROOT)) {
                assumeTrue(
                        Shells.find("setpriv").isPresent(),
                        "skipped: root may open every socket, and there is no setpriv (package util-linux)");
                command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            }
            command.addAll(shell);
            command.addAll(List.of(
                    "-c",
                    "exec 3</dev/null; dir=$1; . \"$1/lib.sh\"; endpoint=$2; " + function
                            + " || echo \"$cause\"; echo goes on",
                    "sh",
                    root.toString(),
                    "unix://" + socket));
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().put("CVMFS_DERIVED_IMAGE_WAITS", "0");
            Process process = builder.start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theOnlyOneIsReported() throws Exception {
        assertThat(call("must_answer", "---------"))
                .matches("ERROR: the buildkitd at unix://\\S+/sock cannot be reached: "
                        + "permission denied for user \\d+\\.\n");
        assertThat(root.resolve("results/phase")).hasContent("builder\n");
    }

    @Test
    void ofSeveralTheNextOneIsTried() throws Exception {
        assertThat(call("answers", "---------")).matches("permission denied for user \\d+\ngoes on\n");
    }
}
