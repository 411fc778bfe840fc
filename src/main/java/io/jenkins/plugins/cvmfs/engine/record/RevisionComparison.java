package io.jenkins.plugins.cvmfs.engine.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compares the repositories' states of two images.
 *
 * @param same whether the states are the same according to the records; true if nothing was mounted
 * @param line the result in one line for a user
 */
public record RevisionComparison(boolean same, String line) {
    /**
     * Compares two records by root hash.
     *
     * @param file the file name of the first record
     */
    public static RevisionComparison of(String file, ImageRecord was, ImageRecord made) {
        Map<String, MountedRepository> before = byName(was);
        Map<String, MountedRepository> now = byName(made);
        Set<String> names = new LinkedHashSet<>(before.keySet());
        names.addAll(now.keySet());
        if (names.isEmpty()) {
            return new RevisionComparison(true, "Revisions: none is known, neither in " + file + " nor of this image.");
        }
        List<String> others = new ArrayList<>();
        for (String name : names) {
            MountedRepository then = before.get(name);
            MountedRepository mounted = now.get(name);
            if (then == null
                    || mounted == null
                    || then.rootHash() == null
                    || !then.rootHash().equals(mounted.rootHash())) {
                others.add(name + " was " + state(then) + ", is " + state(mounted));
            }
        }
        return others.isEmpty()
                ? new RevisionComparison(
                        true,
                        "Revisions: the same as in " + file + ": "
                                + now.values().stream()
                                        .map(repository -> repository.name() + " " + state(repository))
                                        .collect(Collectors.joining(", "))
                                + ".")
                : new RevisionComparison(
                        false, "Revisions: not the same as in " + file + ": " + String.join("; ", others) + ".");
    }

    private static Map<String, MountedRepository> byName(ImageRecord record) {
        return record.repositories().stream()
                .collect(Collectors.toMap(
                        MountedRepository::name, Function.identity(), (first, again) -> again, LinkedHashMap::new));
    }

    private static String state(MountedRepository repository) {
        if (repository == null || repository.rootHash() == null) {
            return "not known";
        }
        return (repository.revision() == null ? "" : repository.revision() + " ") + "(" + repository.rootHash() + ")";
    }
}
