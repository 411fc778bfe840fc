package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.DockerFlag;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;

/** Options that docker gets unchanged. */
final class PlainOptions {
    private PlainOptions() {}

    /**
     * Adds the values of one option.
     *
     * @param most the limit of values
     */
    static void add(ShellCommand command, Option option, BuildOptions options, long most) {
        String name = option.docker().map(DockerFlag::name).orElseThrow();
        if (option.kind() == Kind.FLAG) {
            command.flag(name, options.plain(option).contains("true"));
        } else {
            options.plain(option).stream().limit(most).forEach(value -> command.option(name, value));
        }
    }
}
