package io.jenkins.plugins.cvmfs.options;

import static java.util.Map.entry;

import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;

/** Says beside a field what the build would say of its value. */
public final class FieldCheck {
    private static final Map<String, BiConsumer<ImageSpecBuilder, List<String>>> FIELDS = Map.ofEntries(
            entry("tags", ImageSpecBuilder::tags),
            entry("mounts", (builder, lines) -> builder.mounts(lines.get(0))),
            entry("uid", (builder, lines) -> builder.uid(lines.get(0))),
            entry("gid", (builder, lines) -> builder.gid(lines.get(0))),
            entry("baseImage", (builder, lines) -> builder.setup("true").baseImage(lines.get(0))),
            entry("setupUrl", (builder, lines) -> builder.setupUrl(lines.get(0))),
            entry(
                    "setupSha256",
                    (builder, lines) -> builder.setupUrl("https://example.org/").setupSha256(lines.get(0))),
            entry("buildArgs", (builder, lines) -> builder.buildArgs(lines)),
            entry("labels", (builder, lines) -> builder.labels(lines)),
            entry("annotations", ImageSpecBuilder::annotations),
            entry("platforms", ImageSpecBuilder::platforms),
            entry("buildContexts", (builder, lines) -> builder.buildContexts(lines)),
            entry("addHosts", ImageSpecBuilder::addHosts),
            entry("network", (builder, lines) -> builder.network(lines.get(0))),
            entry("ulimits", ImageSpecBuilder::ulimits),
            entry("shmSize", (builder, lines) -> builder.shmSize(lines.get(0))),
            entry("call", (builder, lines) -> builder.call(lines.get(0))));

    private static final List<String> ANY = List.of("any");

    private FieldCheck() {}

    /** Checks one option by itself; whoever may not configure hears nothing. */
    public static FormValidation of(Item item, String option, String value) {
        boolean allowed =
                item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        // A variable is known only when a build runs.
        if (!allowed || value == null || value.isBlank() || value.indexOf('$') >= 0) {
            return FormValidation.ok();
        }
        List<String> lines =
                value.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        ImageSpecBuilder builder = new ImageSpecBuilder();
        FIELDS.get(option).accept(builder, lines);
        String text = errors(builder, option);
        if (!text.isEmpty()) {
            return FormValidation.error(text);
        }
        String warnings = warnings(builder);
        return warnings.isEmpty() ? FormValidation.ok() : FormValidation.warning(warnings);
    }

    private static String errors(ImageSpecBuilder builder, String option) {
        return problems(builder).stream()
                .filter(problem -> problem.option().equals(option) && problem.value() != null)
                .map(Problem::message)
                .collect(Collectors.joining("\n"));
    }

    private static String warnings(ImageSpecBuilder builder) {
        try {
            return String.join(
                    "\n",
                    new SecretWarnings(builder.tags(ANY).build(WorkspaceFiles.UNCHECKED), UnaryOperator.identity())
                            .all());
        } catch (InvalidSpecException e) {
            // The option by itself is no image, such as a setupSha256 without URL.
            return "";
        }
    }

    private static List<Problem> problems(ImageSpecBuilder builder) {
        try {
            builder.build(WorkspaceFiles.UNCHECKED);
            return List.of();
        } catch (InvalidSpecException e) {
            return e.problems();
        }
    }
}
