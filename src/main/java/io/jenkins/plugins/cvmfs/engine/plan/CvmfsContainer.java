package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.ClientFiles;
import io.jenkins.plugins.cvmfs.engine.options.DockerFlag;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;

/**
 * A container with CVMFS outside a build. The client's settings are passed as arguments, so that this works with an
 * engine on another machine.
 */
final class CvmfsContainer {
    private CvmfsContainer() {}

    /** Adds the right to mount, or the agent's own CVMFS, which needs no such right. */
    static ShellCommand cvmfs(ShellCommand run, ImageSpec spec) {
        if (!spec.readsHost()) {
            return mayMount(run);
        }
        // rslave: later mounts by the agent's automounter are visible too.
        String bind = "type=bind,source=" + spec.hostDirectory() + ",target=/cvmfs,readonly,bind-propagation=rslave";
        return run.option("--mount", spec.mounts().any() ? bind : null);
    }

    private static ShellCommand mayMount(ShellCommand run) {
        return run.word("--device=/dev/fuse")
                .word("--cap-add=SYS_ADMIN")
                // AppArmor's default profile refuses every mount, whatever the capabilities.
                .word("--security-opt=apparmor=unconfined");
    }

    /** Adds the build's options that apply to containers. */
    static ShellCommand options(ShellCommand run, BuildOptions options) {
        for (Option option : OptionTable.all()) {
            switch (option.docker().map(DockerFlag::containers).orElse(DockerFlag.Containers.NOTHING)) {
                case NOTHING -> {
                    // Only for builds.
                }
                case SAME -> PlainOptions.add(run, option, options, Long.MAX_VALUE);
                case BY_NAME -> options.plain(option).forEach(entry -> run.word("--" + entry));
            }
        }
        return run;
    }

    /** Adds the client's settings. */
    static ShellCommand settings(ShellCommand run, ImageSpec spec) {
        ClientFiles.of(spec)
                .forEach((path, text) -> run.word("settings").word(path).word(text.strip()));
        return run;
    }

    /**
     * A given id, or that of the agent's user; no word if that is root.
     *
     * @param start the beginning of the word
     * @param agents the variable with the agent's id
     */
    static ShellWord id(String start, String given, String agents) {
        return given == null ? ShellWord.unlessEmpty(start, agents) : ShellWord.literal(start + given);
    }
}
