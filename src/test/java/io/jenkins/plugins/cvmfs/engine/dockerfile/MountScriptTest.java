package io.jenkins.plugins.cvmfs.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is mounted, and what is said where that fails, with a stand-in for mount in each shell. */
@ParameterizedClass
@MethodSource("shells")
class MountScriptTest {
    private static final String FSTAB = """
            # comment /cvmfs/not.this.one cvmfs defaults 0 0
            cms.cern.ch /cvmfs/cms.cern.ch cvmfs defaults 0 0
            ilc.desy.de\t/cvmfs/ilc.desy.de\tcvmfs defaults 0 0
            proc /proc proc defaults 0 0
            """;

    /** Functions go before commands: nothing of this machine is mounted or made. */
    private static final String MACHINE = """
            set -e
            note_repositories() { echo "$*" >"$state/noted"; }
            mkdir() { echo "mkdir $*" >>"$state/calls"; }
            mountpoint() { [ -e "$state/${2##*/}" ]; }
            mount() {
                echo "mount $*" >>"$state/calls"
                for last do :; done
                case $last in *bad*) printf 'no server has\\nthe manifest of %s\\n' "$last" >&2; return 32 ;; esac
                touch "$state/${last##*/}"
            }
            apply_settings() { return 1; }
            umount() { echo "umount $*" >>"$state/calls"; return 1; }
            grep() { command grep "$1" "$2" "$state/fstab"; }
            sed() { command sed "$1" "$2" "$state/fstab"; }
            """;

    @Parameter
    private List<String> shell;

    @TempDir
    private Path state;

    record Ended(int exitCode, String output) {}

    static List<List<String>> shells() {
        return Shells.present();
    }

    @BeforeEach
    void fstab() throws Exception {
        Files.writeString(state.resolve("fstab"), FSTAB);
    }

    @Test
    void mountsByFstabWhatItKnowsAndTheRestByName() throws Exception {
        assertThat(run("cms.cern.ch  atlas.cern.ch").exitCode()).isZero();
        assertThat(calls())
                .containsExactly(
                        "mkdir -p /cvmfs/cms.cern.ch", "mount /cvmfs/cms.cern.ch",
                        "mkdir -p /cvmfs/atlas.cern.ch", "mount -t cvmfs atlas.cern.ch /cvmfs/atlas.cern.ch");
    }

    @Test
    void anUnwritableNoteEndsItWithAnError() throws Exception {
        assertThat(run("cms.cern.ch", "note_repositories() { return 1; }\n").exitCode())
                .isEqualTo(1);
    }

    @Test
    void keepsExistingMountsAndRecordsThem() throws Exception {
        Files.createFile(state.resolve("cms.cern.ch"));
        assertThat(run("cms.cern.ch atlas.cern.ch").exitCode()).isZero();
        assertThat(state.resolve("noted")).hasContent("cms.cern.ch atlas.cern.ch");
    }

    @Test
    void keepsExistingMounts() throws Exception {
        Files.createFile(state.resolve("cms.cern.ch"));
        assertThat(run("cms.cern.ch").exitCode()).isZero();
        assertThat(calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"all", "ALL", "All"})
    void allMeansTheRepositoriesOfFstab(String all) throws Exception {
        assertThat(run(all).exitCode()).isZero();
        assertThat(calls())
                .contains("mount /cvmfs/cms.cern.ch", "mount /cvmfs/ilc.desy.de")
                .hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({"none", "' None '", "''", "' '"})
    void noneAndNothingMountNothing(String none) throws Exception {
        assertThat(run(none).exitCode()).isZero();
        assertThat(state.resolve("noted")).doesNotExist();
        assertThat(calls()).isEmpty();
    }

    @Test
    void namesEachThatIsMissingWithTheClientsWordsAndTheUsualCauses() throws Exception {
        Ended ended = run("bad.cern.ch cms.cern.ch worse.bad.ch");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines().findFirst())
                .contains("CVMFS is not mounted: "
                        + "bad.cern.ch (the client says: no server has; the manifest of /cvmfs/bad.cern.ch), "
                        + "worse.bad.ch (the client says: no server has; the manifest of /cvmfs/worse.bad.ch)");
        assertThat(ended.output()).contains("Usual causes", "CVMFS_HTTP_PROXY", "--security=insecure", "/dev/fuse");
        assertThat(calls()).contains("mount /cvmfs/cms.cern.ch");
    }

    /** The client's log has times, the repository and which of its managers speaks. */
    private static String logging(String... lines) {
        String said = Stream.of(lines)
                .map(line -> "Wed Nov 25 02:41:09 2026 " + line)
                .collect(Collectors.joining("\n", "", "\n"));
        return "apply_settings() { settings=$1; }\ndrop_settings() { echo dropped >>\"$state/calls\"; }\nmount() {\n"
                + "[ -z \"${settings-}\" ] || cat >\"$settings/log\" <<'EOF'\n" + said + "EOF\n"
                + "echo 'Failed to initialize root file catalog (16 - file catalog failure)' >&2\nreturn 32\n}\n";
    }

    @Test
    void theReasonIsInTheClientsLog() throws Exception {
        Ended ended = run(
                "cms.cern.ch",
                logging(
                        "re-building cache database",
                        "(cms.cern.ch) (manager 'standard') failed to resolve IP addresses for squid.invalid (4 - unknown host name)",
                        "(cms.cern.ch) (manager 'standard') switching proxy from (none) to http://squid.invalid:3128 (squid.invalid). Reason: set random start "
                                + "proxy from the first proxy group [Current host: http://s1.example.org/cvmfs/cms.cern.ch]",
                        "(cms.cern.ch) (manager 'external') switching proxy from (none) to DIRECT. Reason: cloned [Current host: ]",
                        "(cms.cern.ch)  - id 3) switching host from http://s1.example.org/cvmfs/cms.cern.ch to http://s2.example.org/cvmfs/cms.cern.ch (x)",
                        "(cms.cern.ch) failed to download repository manifest (6 - proxy connection problem)",
                        "(cms.cern.ch) Failed to initialize root file catalog (16 - file catalog failure)"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output().lines().findFirst())
                .contains(
                        "CVMFS is not mounted: cms.cern.ch (the client says: "
                                + "failed to resolve IP addresses for squid.invalid (4 - unknown host name); "
                                + "failed to download repository manifest (6 - proxy connection problem); "
                                + "it asked http://s1.example.org/cvmfs/cms.cern.ch by way of http://squid.invalid:3128 (squid.invalid))");
        assertThat(calls()).endsWith("dropped");
    }

    @Test
    void theClientsOutputIsUsedIfItsLogIsEmpty() throws Exception {
        assertThat(run("cms.cern.ch", logging("re-building cache database")).output())
                .contains("(the client says: Failed to initialize root file catalog (16 - file catalog failure))");
    }

    @Test
    void theClientsOutputFollowsItsLogUnlessCutOff() throws Exception {
        String said =
                "echo 'CernVM-FS: loading Fuse module... '\necho 'fusermount3: mount failed: Operation not permitted' >&2\n";
        assertThat(run(
                                "cms.cern.ch",
                                logging(
                                                "(cms.cern.ch) looks like cvmfs has been crashed previously",
                                                "(cms.cern.ch) failed to mount file system")
                                        .replace(
                                                "echo 'Failed", said + "echo 'failed to mount file' >&2\necho 'Failed"))
                        .output())
                .contains(
                        "(the client says: failed to mount file system; fusermount3: mount failed: Operation not permitted)\n");
    }

    /** The second try has short timeouts, so it does not stay. */
    @Test
    void theThirdTryMayMount() throws Exception {
        String third = "apply_settings() { settings=$1; }\ndrop_settings() { settings=''; }\n"
                + "umount() { rm \"$state/cms.cern.ch\"; touch \"$state/umounted\"; }\n"
                + "mount() { { [ -n \"${settings-}\" ] || [ -e \"$state/umounted\" ]; } && touch \"$state/cms.cern.ch\"; }\n";
        assertThat(run("cms.cern.ch", third)).isEqualTo(new Ended(0, ""));
        assertThat(state.resolve("noted")).hasContent("cms.cern.ch");
    }

    private Ended run(String mounts) throws Exception {
        return run(mounts, "");
    }

    private Ended run(String mounts, String functions) throws Exception {
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(
                "-c",
                "state=$1 CVMFS_MOUNTS=$2\n" + MACHINE + functions + MountScript.part("mount.sh")
                        + "mount_repositories\n",
                "x",
                state.toString(),
                mounts));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private List<String> calls() throws Exception {
        Path calls = state.resolve("calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }
}
