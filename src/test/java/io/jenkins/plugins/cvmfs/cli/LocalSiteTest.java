package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.plan.ShellLibrary;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.runner.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalSiteTest {
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private LocalSite site;

    @BeforeEach
    void open() throws Exception {
        site = new LocalSite(output, false);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
    }

    @Test
    void theDirectoryIsPrivateAndIsRemovedWithItsContents() throws Exception {
        Outcome outcome = run(
                "pwd=$(dirname \"$0\"); stat -c '%a %n' \"$pwd\"; mkdir -p \"$pwd/a/b\"; ln -s / \"$pwd/a/link\"; echo x >\"$pwd/a/b/c\"");
        String[] words = outcome.lastOutput().strip().split(" ", 2);
        Path directory = Path.of(words[1]);

        assertThat(words[0]).isEqualTo("700");
        assertThat(directory).isDirectory();
        site.close();
        assertThat(directory).doesNotExist();
        assertThat(Path.of("/")).isDirectory();
        site.close();
    }

    @Test
    void itGoesWhoeverElseRemovesItAtTheSameTime() throws Exception {
        run("cd \"$(dirname \"$0\")\"; pwd; i=0; while [ $i -lt 3000 ]; do : >$i; i=$((i+1)); done");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Callable<Void> remove = () -> {
                site.close();
                return null;
            };
            for (Future<Void> removed : threads.invokeAll(List.of(remove, remove))) {
                removed.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Path.of(output.toString(StandardCharsets.UTF_8).strip())).doesNotExist();
    }

    @Test
    void filesAreWrittenAsPlanned() throws Exception {
        site.layDown(List.of(new PlannedFile("sub/x", "é\n", true), new PlannedFile("y", "", false)));

        assertThat(run("cd \"$(dirname \"$0\")\"; cat sub/x; stat -c %a sub/x y")
                        .lastOutput())
                .isEqualTo("é\n755\n644\n");
    }

    @Test
    void theScriptRunsWhereTheCommandDoesWithoutInput() throws Exception {
        Outcome outcome = run("pwd -P; cat; echo error >&2; exit 7");

        assertThat(outcome.exitCode()).isEqualTo(7);
        assertThat(outcome.lastOutput()).isEqualTo(Path.of("").toRealPath() + "\nerror\n");
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo(outcome.lastOutput());
    }

    @Test
    void theResultsOfTheScriptAreRead() throws Exception {
        run("mkdir \"$(dirname \"$0\")/results\"; echo build >\"$(dirname \"$0\")/results/phase\"");

        assertThat(site.read(ResultFile.PHASE)).contains("build\n");
        assertThat(site.read(ResultFile.METADATA)).isEmpty();
    }

    @Test
    void onlyTheEndOfALongOutputIsKept() throws Exception {
        Outcome outcome = run("i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done");

        assertThat(outcome.lastOutput()).hasSize(32 * 1024).endsWith("line 19998\nline 19999\n");
        assertThat(output.size()).isGreaterThan(200_000);
        assertThat(output.toString(StandardCharsets.UTF_8))
                .startsWith("line 0\nline 1\n")
                .endsWith(outcome.lastOutput());
    }

    @Test
    void aKilledScriptEndsTheBuildAlthoughDockerHoldsItsOutput() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/proc/self/environ")),
                "skipped: this machine does not show environments (/proc)");
        site.layDown(List.of(new PlannedFile(ShellLibrary.FILE, ShellLibrary.text(), false)));
        Outcome outcome =
                run("dir=$(dirname \"$0\"); . \"$dir/lib.sh\"; begin part; sleep 600 & echo $!; kill -KILL $$");

        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(site.read(ResultFile.ENDED)).isEmpty();
        // An ended process may stay a zombie, as its parent has gone.
        Path left = Path.of("/proc", outcome.lastOutput().strip(), "stat");
        assertThat(!Files.exists(left) || Files.readString(left).contains(") Z "))
                .isTrue();
    }

    @Test
    void aScriptThatEndsByItselfSaysSo() throws Exception {
        site.layDown(List.of(new PlannedFile(ShellLibrary.FILE, ShellLibrary.text(), false)));

        assertThat(run("dir=$(dirname \"$0\"); . \"$dir/lib.sh\"; begin part; exit 137")
                        .exitCode())
                .isEqualTo(137);
        assertThat(site.read(ResultFile.ENDED)).contains("");
    }

    @Test
    void aFailedBuildLeavesNothing() throws Exception {
        BuildPlan plan = new BuildPlan(
                Specs.valid(Specs.commit()),
                List.of(),
                List.of(new PlannedFile(
                        BuildPlan.SCRIPT,
                        "mkdir \"$(dirname \"$0\")/results\"; echo build >\"$(dirname \"$0\")/results/phase\"; dirname \"$0\"; exit 9",
                        true)));

        assertThatThrownBy(() -> new ImageBuild(site, Instant.now()).run(plan))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageStartingWith("The setup script failed with exit code 9.");
        assertThat(Files.exists(Path.of(output.toString(StandardCharsets.UTF_8).strip())))
                .isFalse();
    }

    @Test
    void aScriptThatLeftNothingMakesNoImage() {
        BuildPlan plan = new BuildPlan(
                Specs.valid(Specs.dockerfile()), List.of(), List.of(new PlannedFile(BuildPlan.SCRIPT, "exit 0", true)));

        assertThatThrownBy(() -> new ImageBuild(site, Instant.now()).run(plan))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("metadata.json cannot be read: it is not there");
    }

    private Outcome run(String script) throws Exception {
        site.layDown(List.of(new PlannedFile(BuildPlan.SCRIPT, script, true)));
        site.start();
        return site.collect();
    }
}
