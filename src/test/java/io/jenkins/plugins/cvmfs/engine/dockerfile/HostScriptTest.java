package io.jenkins.plugins.cvmfs.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said of the agent's /cvmfs, with a stand-in for what the container sees of it, in each shell. */
@ParameterizedClass
@MethodSource("shells")
class HostScriptTest {
    /** Commands read a mount table and a /cvmfs of this test's own. */
    private static final String MACHINE = """
            set -e
            note_repositories() { echo "$*" >"$state/noted"; }
            cvmfs_attribute() { cat "$state/$1-$2" 2>/dev/null || :; }
            awk() {
                for last do :; done
                case $last in
                    /etc/fstab) command awk "$1" "$state/fstab" ;;
                    *) command awk "$1" "$2" "$3" "$state/mounts" ;;
                esac
            }
            grep() {
                case ${2-} in *cvmfs*) command grep "$1" "$2" "$state/mounts" ;; *) command grep "$1" ;; esac
            }
            ls() {
                case $2 in
                    */crashed.cern.ch/.) echo "ls: cannot access '$2': Transport endpoint is not connected" >&2; return 2 ;;
                    */absent.cern.ch/.) echo "ls: cannot access '$2': No such file or directory" >&2; return 2 ;;
                    */killed.cern.ch/.) [ -e "$state/killed" ] || { touch "$state/killed"; return 141; } ;;
                    */silent.cern.ch/.) return 141 ;;
                    */late.cern.ch/.) echo "cvmfs2 /cvmfs/late.cern.ch fuse ro 0 0" >>"$state/mounts" ;;
                esac
            }
            """;

    @Parameter
    private List<String> shell;

    @TempDir
    private Path state;

    static List<List<String>> shells() {
        return Shells.present();
    }

    record Ended(int exitCode, String output) {}

    private Ended verify(String repositories, String... pins) throws Exception {
        if (!Files.exists(state.resolve("mounts"))) {
            mounts("/etc/auto.cvmfs /cvmfs autofs rw 0 0", "cvmfs2 /cvmfs/cms.cern.ch fuse ro 0 0");
        }
        if (!Files.exists(state.resolve("fstab"))) {
            Files.writeString(
                    state.resolve("fstab"), "# /cvmfs/no cvmfs\ncms.cern.ch /cvmfs/cms.cern.ch cvmfs d 0 0\n");
        }
        Files.writeString(state.resolve("root_hash-cms.cern.ch"), "a".repeat(40));
        if (pins.length > 0) {
            Files.write(state.resolve("pins"), List.of(pins));
        }
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(
                "-c",
                "state=$1 CVMFS_MOUNTS=$2\n" + MACHINE + MountScript.part("host.sh")
                        + "apply_settings \"$state\"\nmount_repositories\n",
                "test",
                state.toString(),
                repositories));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private void mounts(String... lines) throws Exception {
        Files.write(state.resolve("mounts"), List.of(lines));
    }

    @ParameterizedTest
    @CsvSource({"cms.cern.ch", "all", "late.cern.ch", "cms.cern.ch late.cern.ch"})
    void anExistingFileIsRecorded(String repositories) throws Exception {
        assertThat(verify(repositories)).isEqualTo(new Ended(0, ""));
        assertThat(state.resolve("noted")).hasContent(repositories.replace("all", "cms.cern.ch"));
    }

    @ParameterizedTest
    @CsvSource({"none", "''"})
    void nothingIsVerifiedWhereNothingIsAskedFor(String repositories) throws Exception {
        mounts("overlay / overlay rw 0 0");
        assertThat(verify(repositories)).isEqualTo(new Ended(0, ""));
        assertThat(state.resolve("noted")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "absent.cern.ch, No such file or directory",
        "crashed.cern.ch, Transport endpoint is not connected",
        "empty.cern.ch, 'an empty directory, on which nothing is mounted'",
        "killed.cern.ch, 'an empty directory, on which nothing is mounted'",
        "silent.cern.ch, its directory cannot be read",
    })
    void missingRepositoriesAreNamedWithTheReason(String repository, String reason) throws Exception {
        Ended ended = verify("cms.cern.ch " + repository);
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines().findFirst())
                .contains("CVMFS is not mounted: " + repository + " (on the agent: " + reason + ")");
        assertThat(state.resolve("noted")).doesNotExist();
    }

    @Test
    void allThatAreMissingAreNamedAtOnce() throws Exception {
        assertThat(verify("absent.cern.ch empty.cern.ch").output())
                .contains("absent.cern.ch (on the agent: ", "), empty.cern.ch (on the agent: ");
    }

    @Test
    void anAutomountersEmptyDirectoryIsNotAMount() throws Exception {
        mounts("cvmfs /cvmfs ext4 ro 0 0", "/etc/auto.direct /cvmfs/idle.cern.ch autofs rw 0 0");
        assertThat(verify("idle.cern.ch").output()).contains("nothing is mounted");
    }

    @Test
    void aContainerWithoutTheAgentsDirectoryIsReported() throws Exception {
        mounts("overlay / overlay rw 0 0");
        assertThat(verify("cms.cern.ch").output())
                .contains("cms.cern.ch (on the agent: nothing gives this container the agent's /cvmfs)");
    }

    @Test
    void allOfAnImageWhoseFstabNamesNoneIsAnError() throws Exception {
        Files.writeString(state.resolve("fstab"), "proc /proc proc defaults 0 0\n");
        Ended ended = verify("all");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains("all (on the agent: the image's /etc/fstab names no repository)");
    }

    @Test
    void aPinDecidesWhatIsMounted() throws Exception {
        assertThat(verify("cms.cern.ch", "cms.cern.ch " + "a".repeat(40)).exitCode())
                .isZero();
        assertThat(state.resolve("noted")).hasContent("cms.cern.ch");
    }

    @Test
    void anotherStateThanThePinIsRefusedWithBothHashes() throws Exception {
        Ended ended = verify("cms.cern.ch", "cms.cern.ch " + "b".repeat(40));
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("cms.cern.ch has the root hash " + "a".repeat(40) + " on the agent, but is pinned to "
                        + "b".repeat(40));
        assertThat(state.resolve("noted")).doesNotExist();
    }

    @Test
    void aStateThatNobodyCanReadIsNotThePinned() throws Exception {
        assertThat(verify("late.cern.ch", "late.cern.ch " + "b".repeat(40)).output())
                .contains("has the root hash unknown on the agent");
    }
}
