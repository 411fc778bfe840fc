package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the mistakes of several images, so that all are reported together. */
public final class SpecProblems {
    private final List<Problem> ofAll = new ArrayList<>();
    private final Map<String, List<Problem>> byImage = new LinkedHashMap<>();

    /** Adds mistakes of the call itself. */
    public void add(List<Problem> problems) {
        ofAll.addAll(problems);
    }

    /**
     * Adds the mistakes of an image.
     *
     * @param name of the image
     * @param problems the mistakes, possibly none
     */
    public void add(String name, List<Problem> problems) {
        byImage.put(name, List.copyOf(problems));
    }

    /**
     * Reports everything. A mistake in all images is reported once, for the call.
     *
     * @throws InvalidSpecException if there are any mistakes
     */
    public void refuse() throws InvalidSpecException {
        List<Problem> told = new ArrayList<>(ofAll);
        byImage.forEach((name, problems) -> problems.forEach(problem -> {
            boolean shared = byImage.size() > 1 && byImage.values().stream().allMatch(all -> all.contains(problem));
            Problem one = shared ? problem : problem.in(name);
            if (!told.contains(one)) {
                told.add(one);
            }
        }));
        if (!told.isEmpty()) {
            throw new InvalidSpecException(told);
        }
    }
}
