package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * The stages that read a named build context, by number from 0.
 *
 * @param bound those with a RUN that binds it, {@code --mount=type=bind,from=NAME}
 * @param copied those that copy from it, {@code COPY --from=NAME}
 * @param based those that start from it, {@code FROM NAME}
 */
public record ContextUse(Set<Integer> bound, Set<Integer> copied, Set<Integer> based) {
    private static final ContextUse NONE = new ContextUse(Set.of(), Set.of(), Set.of());
    private static final String LATEST = ":latest";

    /** Whether any stage reads it. */
    public boolean any() {
        return !bound.isEmpty() || !copied.isEmpty() || !based.isEmpty();
    }

    static ContextUse of(List<BuildStage> stages, String context) {
        if (stages.stream().anyMatch(stage -> context.equals(stage.name()))) {
            return NONE;
        }
        Set<Integer> bound = new TreeSet<>();
        Set<Integer> copied = new TreeSet<>();
        Set<Integer> based = new TreeSet<>();
        for (BuildStage stage : stages) {
            if (is(stage.base(), context)) {
                based.add(stage.number());
            }
            for (Instruction in : stage.instructions()) {
                Instruction performed = in.performed();
                if (performed.name().equals("copy")
                        && performed.sources().stream().anyMatch(source -> is(source, context))) {
                    copied.add(stage.number());
                } else if (performed.mounts().stream()
                        .anyMatch(mount -> mount.type().equals("bind") && is(mount.from(), context))) {
                    bound.add(stage.number());
                }
            }
        }
        return new ContextUse(Set.copyOf(bound), Set.copyOf(copied), Set.copyOf(based));
    }

    private static boolean is(String source, String context) {
        String name = source.toLowerCase(Locale.ROOT);
        return name.equals(context) || name.equals(context + LATEST);
    }
}
