package io.jenkins.plugins.cvmfs.engine.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellCommandTest {
    @Test
    void gathersWords() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("b", "2");
        labels.put("a", "x y");
        ShellCommand command = ShellCommand.of("docker", "build")
                .option("--tag", "a:1")
                .option("--target", (String) null)
                .option("--file", "-x")
                .option("--iidfile", ShellWord.expansion("$dir/iid"))
                .options("--host", List.of("a:1", "b:2"))
                .options("--label", labels)
                .flag("--pull", true)
                .flag("--load", false)
                .word(".");

        assertThat(command.render().replace(" \\\n    ", " "))
                .isEqualTo("docker build --tag=a:1 --file=-x --iidfile=\"$dir/iid\" --host=a:1 --host=b:2 "
                        + "--label=b=2 '--label=a=x y' --pull .");
    }

    @Test
    void aShortCommandIsOneLineAndALongOneHasAnArgumentALine() {
        assertThat(ShellCommand.of("cp", "--").word("a").word("b")).hasToString("cp -- a b");
        String wide = "w".repeat(60);
        assertThat(ShellCommand.of("cp", "--").word(wide).word(wide))
                .hasToString("cp -- \\\n    " + wide + " \\\n    " + wide);
    }

    @Test
    void aLineBreakInAnArgumentIsKept() {
        assertThat(ShellCommand.of("echo").word("a\nb")).hasToString("echo \\\n    'a\nb'");
    }

    @Test
    void nulIsRefusedEverywhere() {
        ShellCommand command = ShellCommand.of("docker");
        assertThatThrownBy(() -> command.word("\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command.option("--a", "\0")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command.options("--a", List.of("\0"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> command.options("--a", Map.of("\0", ""))).isInstanceOf(IllegalArgumentException.class);
    }
}
