package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A build in a pod asks its cluster as the pod's service account; a kubeconfig takes precedence. */
@ParameterizedClass
@MethodSource("shells")
class OwnClusterTest {
    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    static List<List<String>> shells() {
        return Shells.present();
    }

    /** As kubectl does, the stand-in does not use the service account with an option about the connection. */
    @BeforeEach
    void layDown() throws Exception {
        Files.writeString(root.resolve(ShellLibrary.FILE), ShellLibrary.text());
        Files.writeString(root.resolve("account"), "ci");
        Path kubectl = Files.writeString(root.resolve("kubectl"), """
                #!/bin/sh
                case "${KUBECONFIG-} $*" in
                    ' '*--request-timeout*) echo 'The connection to the server localhost:8080 was refused' ; exit 1 ;;
                esac
                printf '%s\\n' "$*"
                """);
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
    }

    private String ask(String before) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(
                "-c",
                "dir=$1; PATH=$1:$PATH; HOME=$1; unset KUBECONFIG; . \"$1/lib.sh\"; account=$1/account; " + before
                        + " kube get pods",
                "sh",
                root.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void theServiceAccountIsUsed() throws Exception {
        assertThat(ask("")).isEqualTo("get pods\n");
        assertThat(ask("pods_in=builds;")).isEqualTo("--namespace=builds get pods\n");
    }

    @Test
    void aKubeconfigTakesPrecedence() throws Exception {
        assertThat(ask("export KUBECONFIG=\"$1/config\";")).isEqualTo("--request-timeout=10s get pods\n");
    }
}
