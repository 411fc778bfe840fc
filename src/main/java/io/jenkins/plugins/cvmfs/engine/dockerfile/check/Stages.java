package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.BuildStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stages of a Dockerfile, with what they inherit from one another. */
final class Stages {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");

    private final Dockerfile file;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, Stage> byName = new HashMap<>();
    private final Map<String, String> globals;

    /** @param buildArgs the build's arguments */
    Stages(Dockerfile file, Map<String, String> buildArgs) {
        this.file = file;
        this.globals = file.globals(buildArgs);
        for (BuildStage stage : file.stages()) {
            Stage added = new Stage(stage, byName.get(stage.base().toLowerCase(Locale.ROOT)));
            stages.add(added);
            if (stage.name() != null) {
                byName.put(stage.name(), added);
            }
        }
    }

    List<Stage> all() {
        return stages;
    }

    /** The stage of that name or number, or null. */
    Stage find(String reference) {
        Stage named = byName.get(reference.toLowerCase(Locale.ROOT));
        if (named != null || !reference.matches("[0-9]{1,4}")) {
            return named;
        }
        int number = Integer.parseInt(reference);
        return number < stages.size() ? stages.get(number) : null;
    }

    /** A text with its variables replaced; null if one is unknown or has modifiers. */
    String expanded(String text) {
        Matcher variable = VARIABLE.matcher(text);
        StringBuilder result = new StringBuilder();
        while (variable.find()) {
            String value = globals.get(variable.group(1) == null ? variable.group(2) : variable.group(1));
            if (value == null || value.isEmpty()) {
                return null;
            }
            variable.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        String expanded = variable.appendTail(result).toString();
        return expanded.contains("$") ? null : expanded;
    }

    /**
     * The stages that are built for certain.
     *
     * @param target the stage to build, or null for the last
     */
    Set<Stage> built(String target) {
        Set<Stage> built = new LinkedHashSet<>();
        file.needed(target).forEach(number -> built.add(stages.get(number)));
        return built;
    }

    /** The stages whose files are in the image. */
    Set<Stage> kept(String target) {
        Set<Stage> kept = new LinkedHashSet<>();
        Stage stage = target == null ? stages.isEmpty() ? null : stages.get(stages.size() - 1) : find(target);
        for (; stage != null; stage = stage.parent()) {
            kept.add(stage);
        }
        return kept;
    }
}
