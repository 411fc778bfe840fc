package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellFiles;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan under construction: variables, functions and calls of the shell library, from which the script is rendered;
 * the corresponding steps; and the files they need.
 *
 * <p>A script contains only what differs between builds.
 */
final class Script {
    private static final String HEAD = ShellFiles.read(Script.class, "head.sh");
    private static final String HEAD_OF_ONE = ShellFiles.read(Script.class, "head-of-one.sh");
    private static final String FIRST_PART = ShellFiles.read(Script.class, "parts/first.sh");
    private static final String SECOND_PART = ShellFiles.read(Script.class, "parts/second.sh");
    private static final String END_OF_PARTS = ShellFiles.read(Script.class, "parts/end.sh");
    private static final String INDENT = "    ";

    private final String title;
    private final String head;
    private final StringBuilder definitions = new StringBuilder();
    private final StringBuilder body = new StringBuilder();
    private final List<Step> steps = new ArrayList<>();
    private final List<PlannedFile> files = new ArrayList<>();

    /** @param title one line without a user's free text */
    Script(String title) {
        this(title, Role.ALONE);
    }

    /**
     * @param title one line without a user's free text
     * @param role the role of the build; the script of one of several gets the part to run as an argument
     */
    Script(String title, Role role) {
        this.title = title;
        this.head = role.alone() ? HEAD : HEAD_OF_ONE;
        ShellCommand begin = ShellCommand.of("begin");
        call(role.alone() ? begin : begin.word(ShellWord.expansion("$1")));
    }

    /** Sets a variable. */
    Script set(String name, String value) {
        definitions.append(name).append('=').append(ShellWord.literal(value)).append('\n');
        return this;
    }

    /** Defines a function that runs commands and stops at the first that fails. */
    Script function(String name, List<ShellCommand> commands) {
        definitions
                .append(name)
                .append("() {\n" + INDENT)
                .append(commands.stream()
                        .map(command -> "run " + command.render(INDENT))
                        .collect(Collectors.joining(" &&\n" + INDENT)))
                .append("\n}\n");
        return this;
    }

    /** Calls a function of the library that only prepares and is not a step. */
    Script call(ShellCommand line) {
        body.append(line.render()).append('\n');
        return this;
    }

    /** Starts the first part of a script with two parts. */
    Script firstPart() {
        body.append(FIRST_PART);
        return this;
    }

    /** Starts the second part. */
    Script secondPart() {
        body.append(SECOND_PART);
        return this;
    }

    /** Ends the second part. */
    Script endParts() {
        body.append(END_OF_PARTS);
        return this;
    }

    /** Adds a step that is executed by another step's line. */
    Script step(Phase phase, String purpose, List<ShellWord> command) {
        steps.add(new Step(phase, purpose, command));
        return this;
    }

    /** Adds a step with its own line. */
    Script perform(Phase phase, String purpose, ShellCommand line) {
        return step(phase, purpose, line.words()).call(line);
    }

    Script file(String path, String content, boolean executable) {
        files.add(new PlannedFile(path, content, executable));
        return this;
    }

    List<Step> steps() {
        return steps;
    }

    List<PlannedFile> files() {
        return files;
    }

    String text() {
        return "#!/bin/sh\n# " + title + "\n" + head + "\n" + definitions + "\n" + body;
    }
}
