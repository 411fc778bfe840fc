package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;

/** Collects the results of a buildx build: the image, files of outputs, and the mounted states of CVMFS. */
final class BuildxResults {
    private static final int KEY_DIGITS = 32;

    private final ImageSpec spec;
    private final BuildxBuild build;
    private final Optional<DockerfileText> judged;
    private final Optional<String> revisions;

    /**
     * @param judged the Dockerfile, if the plan contains it
     * @param revisions the appended stage with the revisions, if there is one
     */
    BuildxResults(ImageSpec spec, BuildxBuild build, Optional<DockerfileText> judged, Optional<String> revisions) {
        this.spec = spec;
        this.build = build;
        this.judged = judged;
        this.revisions = revisions;
    }

    /** Adds the commands. */
    void addTo(Script script) {
        String tag = spec.tags().get(0).toString();
        script.call(ShellCommand.of("phase", Phase.COLLECT.text()));
        if (spec.load()) {
            ShellCommand inspect = ShellCommand.of("docker", "image", "inspect", "--format={{json .}}", "--")
                    .word(tag);
            script.step(Phase.COLLECT, "Inspect the image in the engine", inspect.words())
                    .call(ShellCommand.of("collect_loaded").word(tag));
        } else if (spec.push()) {
            ShellCommand inspect = ShellCommand.of("docker", "buildx", "imagetools", "inspect")
                    .option("--builder", ShellWord.expansion("$builder"))
                    .word("--raw")
                    .word(tag);
            boolean wanted = spec.options().recordsManifest();
            script.step(
                            Phase.COLLECT,
                            "Look the image up in the registry" + (wanted ? "" : ", if it is an index"),
                            inspect.words())
                    .call(ShellCommand.of("collect_pushed", wanted ? "manifest" : "index")
                            .word(tag));
        }
        if (spec.options().recordsOutputs()) {
            outputs(script);
        }
        if (spec.options().exportsRecord()) {
            ShellCommand export = ShellCommand.of("docker", "buildx", "history", "export")
                    .option("--builder", ShellWord.expansion("$builder"))
                    .option("--output", ShellWord.expansion("$dir/" + ResultFile.BUILD_RECORD))
                    .word(ShellWord.expansion("$reference"));
            script.function("export_record", List.of(export));
            script.step(Phase.COLLECT, "Export buildx's own record of the build", export.words())
                    .call(ShellCommand.of("keep_record", "export_record"));
        }
        revisions.ifPresent(stage -> BuildxPlan.layDown(
                script,
                BuildxBuild.REVISIONS,
                judged.orElseThrow().text() + "\n\n" + stage,
                judged.orElseThrow().ignore()));
        if (revisions.isPresent()
                || spec.source() instanceof Source.Setup && spec.mounts().any()) {
            script.step(
                            Phase.COLLECT,
                            "Read the revisions of what was mounted, unless they are known",
                            build.command().with(build.revisions()))
                    .call(ShellCommand.of("collect_revisions", key(), BuildxPlan.BUILD)
                            .words(build.revisions()));
        }
    }

    private void outputs(Script script) {
        int number = 0;
        for (String path : spec.options().outputPaths().values()) {
            script.perform(
                    Phase.COLLECT,
                    "Record what the output has written",
                    ShellCommand.of("note_output", Integer.toString(number)).word(path));
            number++;
        }
    }

    /** The key under which the revisions of an image are remembered for an identical build. */
    private String key() {
        String text = spec.source() instanceof Source.Setup setup
                ? SetupDockerfile.text(spec, setup)
                : judged.orElseThrow().text();
        return Sha256.of(build.command().with(build.revisions()) + "\n" + text).substring(0, KEY_DIGITS);
    }
}
