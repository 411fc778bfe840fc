package io.jenkins.plugins.cvmfs.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/options.md is the table of options. To write it again: {@code mvn test -Dtest=OptionsPageTest
 * -Doptions.write=true}.
 */
class OptionsPageTest {
    private static final Path PAGE = Path.of("docs", "options.md");

    private static final String BEGIN = """
            # Options

            Every option by its name in a Pipeline, on the command line, and in forms. Options of a list are repeated on the
            command line, and are lines of one field in a form; a Pipeline takes a list, or one text. Flags that are true by
            default are switched off with `--no-NAME` on the command line.

            "buildx" or "commit" after a meaning: only that strategy has the option. "recorded": the image's record has what was
            given, and `reproduce` takes it from there.

            This page is generated from the table of options (`src/main/java/io/jenkins/plugins/cvmfs/engine/options`).
            """;

    /** A name of another tool, and what stands for it here: options of ours in braces, or why there is none. */
    private static final String ELSEWHERE = """
            build-push-action
            add-hosts | {addHosts}
            allow | {allow}; security.insecure is {insecure}
            annotations | {annotations}
            attests | {attests}
            build-args | {buildArgs}
            build-contexts | {buildContexts}
            builder | {builderName}
            cache-from | {cacheFrom}
            cache-to | {cacheTo}
            call | {call}: build and check; outline and targets make nothing that a job could use
            cgroup-parent | {cgroupParent}
            context | {context}
            file | {dockerfile}
            github-token | none: a context that needs a login has a build secret, or the agent's own git
            labels | {labels}
            load | {load}
            network | {network}
            no-cache | {noCache}
            no-cache-filters | {noCacheFilters}
            outputs | {outputs}
            platforms | {platforms}
            provenance | {provenance}
            pull | {pull}
            push | {push}
            sbom | {sbom}
            secret-envs | {secrets}
            secret-files | {secrets}
            secrets | {secrets}; in Jenkins from credentials, since a text would be in the job's configuration
            shm-size | {shmSize}
            ssh | {ssh}, {sshKeys}
            tags | {tags}
            target | {target}
            ulimit | {ulimits}

            setup-buildx-action
            append | {builderNodes}
            buildkitd-config | {buildkitdConfig} on the command line, where it names a file
            buildkitd-config-inline | {buildkitdConfig}
            buildkitd-flags | {buildkitdFlags}
            cache-binary | none: nothing is downloaded
            cleanup | {builderKeep}
            driver | {builderDriver}
            driver-opts | {builderDriverOpts}
            endpoint | {builderEndpoint}
            keep-state | {builderKeep}: a builder that stays keeps its cache
            name | {builderName}
            platforms | {builderNodes}, each with its platforms
            use | none: a build names its builder, so that others on the agent are not changed
            version | none: the agent's own buildx is used; options say which version they need

            metadata-action
            annotations | {annotations}, {ociMetadata}
            bake-target | {images}; there is no bake file
            context | none: a run's variables are read, else git
            flavor | {tagRules}: prefix and suffix by rule; latest only by a rule of its own
            github-token | none: nothing is asked of a server
            images | {tags}, without a tag
            labels | {labels}, {ociMetadata}
            sep-annotations | none: lists are lists
            sep-labels | none: lists are lists
            sep-tags | none: lists are lists
            tags | {tagRules}: schedule, semver, edge, ref, raw and sha; not match and pep440, which would run regular expressions of a job on the controller

            bake
            annotations | {annotations}
            args | {buildArgs}
            attest | {attests}
            cache-from | {cacheFrom}
            cache-to | {cacheTo}
            call | {call}
            context | {context}
            contexts | {buildContexts}; target:NAME takes a bake file
            description | none: a comment of the Jenkinsfile
            dockerfile | {dockerfile}
            dockerfile-inline | {setup}, or a file
            entitlements | {allow}, {insecure}
            extra-hosts | {addHosts}
            inherits | {images}, each of which has the options of the call
            labels | {labels}
            matrix | none: parallel in the Pipeline
            name | {images}, whose entries have names
            network | {network}
            no-cache | {noCache}
            no-cache-filter | {noCacheFilters}
            output | {outputs}, {push}, {load}
            platforms | {platforms}
            policy | {policy}
            pull | {pull}
            resources | {resources}
            secret | {secrets}
            shm-size | {shmSize}
            ssh | {ssh}, {sshKeys}
            tags | {tags}
            target | {target}
            ulimits | {ulimits}
            """;

    private static final Pattern OURS = Pattern.compile("\\{(\\w+)}");

    /** In the words of a Pipeline, which are those of the command line in another case. */
    private static String elsewhere() {
        StringBuilder page = new StringBuilder("""

                ## Names elsewhere

                What the inputs of Docker's GitHub actions and the attributes of a bake target are here.
                """);
        for (String part : ELSEWHERE.strip().split("\n\n")) {
            List<String> lines = part.lines().toList();
            page.append("\n| ").append(lines.get(0)).append(" | here |\n|---|---|\n");
            lines.stream().skip(1).forEach(line -> {
                String[] row = line.split(" \\| ", 2);
                String ours = OURS.matcher(row[1])
                        .replaceAll(name -> code(OptionTable.inPipeline(OptionTable.find(name.group(1))
                                .orElseThrow(() -> new AssertionError("no option " + name.group(1)))
                                .name())));
                page.append("| `")
                        .append(row[0])
                        .append("` | ")
                        .append(cell(ours))
                        .append(" |\n");
            });
        }
        return page.toString();
    }

    @Test
    void thePageIsTheTable() throws IOException {
        String page = page();
        if (Boolean.getBoolean("options.write")) {
            Files.writeString(PAGE, page);
        }

        assertThat(Files.readString(PAGE))
                .as("write it again with -Doptions.write=true")
                .isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder(BEGIN);
        for (Group group : Group.values()) {
            page.append("\n## ").append(group.title()).append("\n\n");
            page.append("| Pipeline | command line | form | meaning | default |\n|---|---|---|---|---|\n");
            OptionTable.of(group)
                    .filter(option -> option.isInJenkins() || option.isOnCommandLine())
                    .forEach(option -> page.append("| ")
                            .append(String.join(" | ", row(option)))
                            .append(" |\n"));
        }
        return page.append(elsewhere()).toString();
    }

    private static List<String> row(Option option) {
        return List.of(
                option.isInJenkins() ? code(option.pipeline()) : "",
                option.isOnCommandLine() || option.group() == Group.IMAGES
                        ? code(String.join("`, `", option.commandLine()))
                        : "",
                option.isInJenkins() ? option.label() : "",
                cell(option.help() + notes(option)),
                cell(option.byDefault()));
    }

    private static String notes(Option option) {
        String strategy = option.goesWith(Strategy.COMMIT)
                ? option.goesWith(Strategy.BUILDX) ? "" : " commit."
                : option.help().contains("strategy buildx") || option.group() == Group.BUILDER ? "" : " buildx.";
        String buildkit = option.buildkit().isEmpty() ? "" : " and BuildKit " + option.buildkit();
        String since = option.buildx().isEmpty() ? "" : " From buildx " + option.buildx() + buildkit + ".";
        return strategy + since + (option.recording() == Recording.VALUES ? " recorded." : "");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
