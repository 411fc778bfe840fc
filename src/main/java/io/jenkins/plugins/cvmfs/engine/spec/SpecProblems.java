package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers the mistakes of several images, so that a user hears of all of them at once. */
public final class SpecProblems {
    private final List<Problem> ofAll = new ArrayList<>();
    private final Map<String, List<Problem>> byImage = new LinkedHashMap<>();

    /** Takes mistakes of the call as such. */
    public void add(List<Problem> problems) {
        ofAll.addAll(problems);
    }

    /**
     * Takes what is wrong with an image.
     *
     * @param name of the image
     * @param problems none if nothing is
     */
    public void add(String name, List<Problem> problems) {
        byImage.put(name, List.copyOf(problems));
    }

    /**
     * Tells everything; a mistake that all images have is the call's, and told once.
     *
     * @throws InvalidSpecException if there is anything
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
