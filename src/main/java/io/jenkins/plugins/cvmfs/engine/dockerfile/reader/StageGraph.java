package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The dependencies between stages. */
final class StageGraph {
    private final List<BuildStage> stages;
    private final Map<String, Integer> byName = new HashMap<>();
    private final int[] parents;

    StageGraph(List<BuildStage> stages) {
        this.stages = stages;
        this.parents = new int[stages.size()];
        for (BuildStage stage : stages) {
            // A FROM sees only the stages above it.
            parents[stage.number()] = named(stage.base());
            if (stage.name() != null) {
                byName.put(stage.name(), stage.number());
            }
        }
    }

    /** The base stage of a stage; -1 if the base is an image. */
    int parent(int stage) {
        return parents[stage];
    }

    /** The last stage of that name, in any case; -1 if there is none. */
    int named(String name) {
        return byName.getOrDefault(name.toLowerCase(Locale.ROOT), -1);
    }

    /** The stage of that name or number; -1 if there is none. */
    int find(String reference) {
        int named = named(reference);
        if (named >= 0 || !reference.matches("[0-9]{1,6}")) {
            return named;
        }
        int number = Integer.parseInt(reference);
        return number < stages.size() ? number : -1;
    }

    Set<Integer> needed(String target) {
        Set<Integer> needed = new TreeSet<>();
        Deque<Integer> left = new ArrayDeque<>();
        left.add(target == null ? stages.size() - 1 : find(target));
        while (!left.isEmpty()) {
            int stage = left.remove();
            if (stage >= 0 && needed.add(stage)) {
                left.add(parents[stage]);
                for (Instruction in : stages.get(stage).instructions()) {
                    in.sources().forEach(source -> left.add(find(source)));
                }
            }
        }
        return needed;
    }
}
