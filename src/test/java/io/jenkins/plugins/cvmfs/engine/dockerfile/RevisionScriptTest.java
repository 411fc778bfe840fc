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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noted of each repository, by whatever the image has to read it with. */
@ParameterizedClass
@MethodSource("shells")
class RevisionScriptTest {
    private static final String HASH = "0123456789".repeat(4);

    // As the client does, without an end of line.
    private static final String CLIENT =
            "set -e\nsaid() { case $1 in *revision) printf 4711 ;; *root_hash) printf " + HASH + " ;; esac; }\n";
    private static final String ATTR =
            "command() { [ \"$2\" = attr ]; }\nattr() { [ \"$1 $3\" = '-qg /cvmfs/cms.cern.ch' ] && said \"$2\"; }\n";

    @Parameter
    private List<String> shell;

    @TempDir
    private Path root;

    record Ended(int exitCode, String output) {}

    static List<List<String>> shells() {
        return Shells.present();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ATTR,
                "command() { [ \"$2\" = getfattr ]; }\ngetfattr() { echo 'Removing leading' >&2; said \"$3\"; }\n",
                "command() { [ \"$2\" = python3 ]; }\npython3() { said \"$3\"; }\n"
            })
    void revisionAndRootHashComeFromAttributes(String reader) throws Exception {
        Ended ended = run(reader, "cms.cern.ch");
        assertThat(ended).isEqualTo(new Ended(0, ""));
        assertThat(noted()).hasContent("cms.cern.ch 4711 " + HASH);
    }

    @Test
    void theClientTellsItsRevisionWhereNothingReadsAttributes() throws Exception {
        assertThat(run("command() { return 1; }\ncvmfs_talk() { echo 12; }\n", "cms.cern.ch")
                        .exitCode())
                .isZero();
        assertThat(noted()).hasContent("cms.cern.ch 12 -");
    }

    @Test
    void missingFactsAreUnknown() throws Exception {
        assertThat(run(
                        "command() { [ \"$2\" = attr ]; }\nattr() { echo 'Could not get' >&2; return 1; }\n",
                        "cms.cern.ch"))
                .isEqualTo(new Ended(0, ""));
        assertThat(noted()).hasContent("cms.cern.ch - -");
    }

    @Test
    void aNewStateReplacesTheOldOne() throws Exception {
        Files.createDirectories(noted().getParent());
        Files.writeString(noted(), "cms.cern.ch 1 -\nother.cern.ch 2 -\n");
        assertThat(run(ATTR, "cms.cern.ch").exitCode()).isZero();
        assertThat(noted()).hasContent("other.cern.ch 2 -\ncms.cern.ch 4711 " + HASH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'", "\""})
    void aPinIsComparedWithWhatIsMounted(String quote) throws Exception {
        Path pins = Files.createDirectories(root.resolve("etc/config.d")).resolve("cms.cern.ch.local");
        Files.writeString(
                pins, "CVMFS_ROOT_HASH=" + "f".repeat(40) + "\nCVMFS_ROOT_HASH=" + quote + HASH + quote + "\n");
        assertThat(run(ATTR, "cms.cern.ch").exitCode()).isZero();

        Files.writeString(pins, "CVMFS_ROOT_HASH=" + quote + "f".repeat(40) + quote + "\n");
        assertThat(run(ATTR, "cms.cern.ch"))
                .isEqualTo(new Ended(
                        1,
                        "CVMFS is not mounted as asked: cms.cern.ch has the root hash " + HASH + ", but is pinned to "
                                + "f".repeat(40) + "\n"));
    }

    /** The client's cache hides that no server answers. */
    @Test
    void aStateFromTheCacheAloneIsReportedUnlessPinned() throws Exception {
        String offline =
                "attr() { case $2 in logbuffer) printf '[25 Nov 2026 03:14:14 UTC] warning, could not apply updated catalog revision, "
                        + "entering offline mode\\n\\0' ;; *) said \"$2\" ;; esac; }\n";
        Ended ended = run("command() { [ \"$2\" = attr ]; }\n" + offline, "cms.cern.ch");
        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output())
                .startsWith("Warning: cms.cern.ch is mounted from the client's cache alone, at revision 4711:");
        assertThat(noted()).hasContent("cms.cern.ch 4711 " + HASH);

        Files.writeString(
                Files.createDirectories(root.resolve("etc/config.d")).resolve("cms.cern.ch.local"),
                "CVMFS_ROOT_HASH=" + HASH + "\n");
        assertThat(run("command() { [ \"$2\" = attr ]; }\n" + offline, "cms.cern.ch"))
                .isEqualTo(new Ended(0, ""));
    }

    private Path noted() {
        return root.resolve("note/repositories");
    }

    private Ended run(String functions, String name) throws Exception {
        String script = MountScript.part("revisions.sh")
                .replace(RevisionStage.FILE, noted().toString())
                .replace("/etc/cvmfs", root.resolve("etc").toString());
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of("-c", CLIENT + functions + script + "note_repositories \"$1\"\n", "x", name));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
