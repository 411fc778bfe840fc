package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.MountScript;
import io.jenkins.plugins.cvmfs.engine.dockerfile.RevisionScript;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.Optional;

/**
 * The commit strategy: a container of the base image performs the setup script, and its state becomes the image.
 *
 * <p>The setup script reaches the container on its standard input, so it works with an engine on another machine, and
 * variables reach it as arguments, so that the image's configuration keeps none of them.
 */
final class CommitPlan {
    private static final String SETUP = "setup";
    private static final String INSIDE = "inside";

    // Runs as root in the container; the base image's /run.sh performs its argument as the user.
    private static final String INSIDE_TEXT = """
            #!/bin/bash
            set -e
            """
            + RevisionScript.NOTE
            + MountScript.MOUNT
            + MountScript.SETTINGS
            + """
            wipe=$1
            shift
            work=$(mktemp -d /tmp/cvmfs-derived-image.XXXXXX)
            """
            + CvmfsContainer.TAKE_SETTINGS
            + """
            cat >"$work/setup"
            {
                echo '#!/bin/bash'
                for assignment in "$@"; do
                    export "${assignment?}"
                    printf 'export %q\\n' "$assignment"
                done
                printf '"%s" </dev/null\\n' "$work/setup"
            } >"$work/derive"
            chmod 755 "$work" "$work/setup" "$work/derive"
            # A client that mounts as its own user, which keeps root's group, needs it.
            chmod a+rw /dev/fuse || :
            [ ! -d "$work/client" ] || apply_settings "$work/client"
            mount_repositories
            [ ! -d "$work/client" ] || drop_settings
            code=0
            /run.sh -c "$work/derive" || code=$?
            if [ "$code" -eq 0 ] && [ "$wipe" = true ]; then
                [ ! -d "$work/client" ] || apply_settings "$work/client"
                cvmfs_config wipecache
            fi
            rm -rf "$work"
            exit "$code"
            """;

    private final ImageSpec spec;
    private final Source.Setup source;
    private final String id;

    CommitPlan(ImageSpec spec, String id) {
        this.spec = spec;
        this.source = (Source.Setup) spec.source();
        this.id = id;
    }

    Script script() {
        Script script = new Script();
        Reaper.addTo(script, true);
        script.define("container=cvmfs-derived-image-" + id);
        script.define("made=''\n");
        script.cleanUp("[ -z \"$made\" ] || remove container \"$container\" || :\n");
        if (spec.push()) {
            PushRetry.ofImage(script);
        }
        Optional<SmokeTest> test = SmokeTest.of(spec, id);
        test.ifPresent(smoke -> smoke.addTo(script));
        script.file(INSIDE, INSIDE_TEXT, false);
        SetupFiles.bring(script, source.script(), SETUP);
        script.phase(Phase.BUILD);
        script.line("note container \"$container\"").line("made=yes");
        script.line("run " + run().render() + " 3<\"$dir/" + SETUP + "\"");
        commit(
                script,
                test.isPresent()
                        ? SmokeTest.NAME
                        : ShellWord.literal(spec.tags().get(0).toString()));
        if (test.isPresent()) {
            test.get().run(script);
            test.get().tag(script.phase(Phase.COMMIT));
        } else {
            spec.tags().stream()
                    .skip(1)
                    .forEach(tag -> script.command(ShellCommand.of("docker", "tag", "--")
                            .word(imageId())
                            .word(tag.toString())));
        }
        if (spec.push()) {
            script.phase(Phase.PUBLISH);
            spec.tags()
                    .forEach(tag -> script.line("pushed "
                            + ShellCommand.of("docker", "push", "--")
                                    .word(tag.toString())
                                    .render()));
        }
        collect(script);
        return script;
    }

    private ShellCommand run() {
        BuildOptions options = spec.options();
        ShellCommand run = ShellCommand.of("docker", "run", "--interactive", "--init")
                .option("--name", ShellWord.expansion("$container"));
        CvmfsContainer.mayMount(run).option("--pull", options.pull() ? "always" : null);
        CvmfsContainer.options(run, options)
                .options("--label", options.labels())
                .word("--entrypoint=/bin/bash")
                .word("--")
                .word(source.baseImage())
                .word("-c")
                .word(ShellWord.expansion("$(cat \"$dir/" + INSIDE + "\")"))
                .word("derive")
                .word(String.valueOf(spec.wipeCache()));
        if (spec.mounts().any()) {
            CvmfsContainer.settings(run, spec);
        }
        run.word("CVMFS_MOUNTS=" + spec.mounts().text())
                .word(CvmfsContainer.id("MY_UID", spec.uid(), "$(id -u)"))
                .word(CvmfsContainer.id("MY_GID", spec.gid(), "$(id -g)"));
        options.buildArgs().forEach((name, value) -> run.word(name + "=" + value));
        return run;
    }

    private void commit(Script script, ShellWord name) {
        script.phase(Phase.COMMIT);
        script.line(ShellCommand.of("docker", "image", "inspect")
                        .option(
                                "--format",
                                "{{json .Config.Entrypoint}}{{println}}{{json .Config.Cmd}}{{println}}{{json .}}")
                        .word("--")
                        .word(source.baseImage())
                        .render()
                + " >" + ResultFile.BASE_IMAGE.word().render());
        script.line("{ IFS= read -r entrypoint && IFS= read -r cmd; } <"
                + ResultFile.BASE_IMAGE.word().render());
        script.line("[ \"$entrypoint\" != null ] || entrypoint='[]'");
        script.line("[ \"$cmd\" != null ] || cmd='[]'");
        script.line("run "
                + ShellCommand.of("docker", "commit")
                        .option("--change", ShellWord.expansion("ENTRYPOINT $entrypoint"))
                        .option("--change", ShellWord.expansion("CMD $cmd"))
                        .word("--")
                        .word(ShellWord.expansion("$container"))
                        .word(name)
                        .render()
                + " >" + ResultFile.IMAGE_ID.word().render());
    }

    private void collect(Script script) {
        script.phase(Phase.COLLECT);
        script.line(ShellCommand.of("docker", "image", "inspect", "--format={{json .}}", "--")
                        .word(imageId())
                        .render() + " >" + ResultFile.IMAGE.word().render());
        if (spec.mounts().any()) {
            script.line("take_revisions "
                    + ShellCommand.of("docker", "cp", "--")
                            .word(ShellWord.expansion("$container:" + RevisionScript.FILE))
                            .word("-")
                            .render());
        }
        if (!spec.load()) {
            ShellCommand remove = ShellCommand.of("docker", "image", "rm", "--");
            spec.tags().forEach(tag -> remove.word(tag.toString()));
            script.line(remove.render() + " >/dev/null");
        }
    }

    private static ShellWord imageId() {
        return ShellWord.expansion("$(cat \"$dir/" + ResultFile.IMAGE_ID.path() + "\")");
    }
}
