package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stages of a Dockerfile, and which of them a build needs. */
final class Stages {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:([A-Za-z_][A-Za-z0-9_]*)|\\{([A-Za-z_][A-Za-z0-9_]*)})");

    private final List<Stage> stages = new ArrayList<>();
    private final Map<String, String> globals = new TreeMap<>();

    /** @param buildArgs what the build is given */
    Stages(Dockerfile file, Map<String, String> buildArgs) {
        for (Instruction in : file.instructions()) {
            if (in.name().equals("from")) {
                String base = in.split().isEmpty() ? "" : in.split().get(0);
                stages.add(new Stage(in, named(base)));
            } else if (!stages.isEmpty()) {
                stages.get(stages.size() - 1).add(in);
            } else if (in.name().equals("arg")) {
                Pairs.of(in.arguments())
                        .forEach((name, value) ->
                                globals.put(name, buildArgs.getOrDefault(name, value == null ? "" : value)));
            }
        }
    }

    List<Stage> all() {
        return stages;
    }

    /** The last stage of that name so far, or null. */
    Stage named(String name) {
        Stage found = null;
        for (Stage stage : stages) {
            found = name.toLowerCase(Locale.ROOT).equals(stage.name()) ? stage : found;
        }
        return found;
    }

    /** A text without its variables; null where one is not known, or is said in another way than by its name. */
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
     * The stages that are certainly built.
     *
     * @param target the stage to build, or null for the last
     */
    Set<Stage> built(String target) {
        Set<Stage> built = new LinkedHashSet<>();
        Deque<Stage> left = new ArrayDeque<>();
        Stage last = stages.isEmpty() ? null : stages.get(stages.size() - 1);
        Stage first = target == null ? last : find(target);
        if (first != null) {
            left.add(first);
        }
        while (!left.isEmpty()) {
            Stage stage = left.remove();
            if (built.add(stage)) {
                if (stage.parent() != null) {
                    left.add(stage.parent());
                }
                stage.others().stream()
                        .map(this::find)
                        .filter(other -> other != null)
                        .forEach(left::add);
            }
        }
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

    private Stage find(String reference) {
        Stage named = named(reference);
        if (named != null || !reference.matches("[0-9]{1,4}")) {
            return named;
        }
        int index = Integer.parseInt(reference);
        return index < stages.size() ? stages.get(index) : null;
    }
}
