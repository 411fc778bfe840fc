package io.jenkins.plugins.cvmfs.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.shell.Shells;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts end though something on the agent replaced the files with the results by others, whose end never comes. */
@Timeout(120)
class ReplacedResultsTest {
    @ParameterizedTest
    @CsvSource({
        "metadata-file, 'ln -s /dev/zero \"$file\"'",
        "metadata-file, 'mkfifo \"$file\"'",
        "metadata-file, 'mkdir \"$file\"'",
        "iidfile, 'ln -s /dev/zero \"$file\"'",
        "iidfile, 'mkfifo \"$file\"'"
    })
    void aScriptWaitsForNoResult(String option, String replace, @TempDir Path root) throws Exception {
        StubMachine machine = new StubMachine(root, Shells.present().get(0)).with("CVMFS_DERIVED_IMAGE_LONG", "0");
        machine.docker("""
                [ "$2" = build ] || exit 0
                for word do
                    case $word in
                        --%s=*) file=${word#*=}; rm -f "$file"; %s ;;
                        --iidfile=*) echo sha256:0 >"${word#*=}" ;;
                    esac
                done
                touch "$stub/built"
                """.formatted(option, replace));

        StubMachine.Ended ended = machine.run(BuildPlan.of(
                Specs.valid(Specs.dockerfile()
                        .builderName("mine")
                        .push(true)
                        .load(true)
                        .mounts("cms.cern.ch")
                        .buildRecord(true)),
                "id"));

        assertThat(machine.note("built")).as(ended.output()).isEmpty();
        assertThat(machine.called()).contains("image inspect");
    }
}
