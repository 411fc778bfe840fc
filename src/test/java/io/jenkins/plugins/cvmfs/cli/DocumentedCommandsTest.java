package io.jenkins.plugins.cvmfs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.docs.Documents;
import io.jenkins.plugins.cvmfs.docs.Documents.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The documents name only subcommands and options that exist. */
class DocumentedCommandsTest {
    private static final Pattern COMMAND =
            Pattern.compile("\\bcvmfs-derived-image(?:-cli\\.jar)? (?!\\()([a-z][a-z-]+)((?: [^\\n`]*)?)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z0-9-]*");

    /** Options of docker, buildx, buildkitd, git and mount that the documents name. */
    private static final Set<String> OF_OTHERS = Set.of(
            "--all",
            "--allow-insecure-entitlement",
            "--debug",
            "--device",
            "--force",
            "--format",
            "--from",
            "--group",
            "--make-rshared",
            "--no-",
            "--oneline",
            "--privileged",
            "--security");

    private static final CommandLine OURS = Main.commandLine();

    private static Set<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .collect(Collectors.toSet());
    }

    /** What a text says of commands that is not so. */
    private static Set<String> unknown(String text) {
        Set<String> unknown = new TreeSet<>();
        COMMAND.matcher(text.replaceAll("\\\\\\n\\s*", "")).results().forEach(found -> {
            CommandLine command = OURS.getSubcommands().get(found.group(1));
            if (command == null) {
                unknown.add(found.group(1));
            } else {
                Set<String> known = options(command);
                OPTION.matcher(found.group(2))
                        .results()
                        .map(option -> option.group())
                        .filter(option -> !known.contains(option))
                        .forEach(option -> unknown.add(found.group(1) + " " + option));
            }
        });
        return unknown;
    }

    @Test
    void everyCommandExistsWithItsOptions() throws IOException {
        List<Code> code = Stream.of(Documents.indented(), Documents.blocks("sh"), Documents.inline())
                .flatMap(List::stream)
                .toList();

        assertThat(code.stream().filter(each -> COMMAND.matcher(each.text()).find()))
                .hasSizeGreaterThan(10);
        assertThat(code)
                .allSatisfy(each ->
                        assertThat(unknown(each.text())).as(each.place()).isEmpty());
    }

    @Test
    void everyOptionInASentenceExists() throws IOException {
        Set<String> known = OURS.getSubcommands().values().stream()
                .flatMap(command -> options(command).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(OF_OTHERS);

        assertThat(Documents.inline())
                .filteredOn(code -> !code.place().startsWith("docs/troubleshooting"))
                .allSatisfy(
                        code -> assertThat(OPTION.matcher(code.text()).results().map(option -> option.group()))
                                .as(code.place())
                                .allMatch(known::contains));
    }

    @Test
    void theRecordedSessionTypesCommandsThatExist() throws IOException {
        String session = Files.readString(Path.of("docs/images/session.txt"));

        assertThat(COMMAND.matcher(session).results()).hasSize(2);
        assertThat(unknown(session)).isEmpty();
    }

    @Test
    void aCommandThatDoesNotExistIsFound() {
        assertThat(unknown("cvmfs-derived-image build --tag a:1 \\\n  --mount cms.cern.ch\ncvmfs-derived-image bild"))
                .containsExactly("bild", "build --mount");
    }
}
