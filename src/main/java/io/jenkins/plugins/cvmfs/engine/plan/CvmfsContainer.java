package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.ClientFiles;
import io.jenkins.plugins.cvmfs.engine.options.DockerFlag;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;

/**
 * A container that mounts CVMFS outside a build. The client's set-up reaches it as arguments, so that this works with
 * an engine on another machine.
 */
final class CvmfsContainer {
    /** Shell text: lays the client's set-up, the first arguments, below {@code $work/client}. */
    static final String TAKE_SETTINGS = """
            while [ "${1-}" = settings ]; do
                mkdir -p "$work/client/config.d"
                printf '%s\\n' "$3" >"$work/client/$2"
                shift 3
            done
            """;

    private CvmfsContainer() {}

    /** Adds the right to mount. */
    static ShellCommand mayMount(ShellCommand run) {
        return run.word("--device=/dev/fuse")
                .word("--cap-add=SYS_ADMIN")
                // AppArmor's default profile refuses every mount, whatever the capabilities.
                .word("--security-opt=apparmor=unconfined");
    }

    /** Adds what a container has of the build's options. */
    static ShellCommand options(ShellCommand run, BuildOptions options) {
        OptionTable.all().stream()
                .filter(option ->
                        option.docker().filter(DockerFlag::inContainers).isPresent())
                .forEach(option -> PlainOptions.add(run, option, options, Long.MAX_VALUE));
        return run;
    }

    /** Adds the client's set-up. */
    static ShellCommand settings(ShellCommand run, ImageSpec spec) {
        ClientFiles.of(spec)
                .forEach((path, text) -> run.word("settings").word(path).word(text.strip()));
        return run;
    }

    /** A variable with a number that was given, or that the agent tells. */
    static ShellWord id(String name, String given, String agents) {
        return given == null ? ShellWord.expansion(name + "=" + agents) : ShellWord.literal(name + "=" + given);
    }
}
