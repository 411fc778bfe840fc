package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.PhaseTime;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The site of one of several images, after the script of all has ended. */
public final class OneOfSeveral implements Site {
    private static final Pattern EXIT_CODE = Pattern.compile("\\d{1,3}");

    private final Site all;
    private final String name;
    private final Outcome whole;
    private final Results results;
    private final boolean failedBefore;
    private final boolean isFirst;

    private OneOfSeveral(Site all, String name, Outcome whole, Results results, boolean failedBefore, boolean isFirst) {
        this.all = all;
        this.name = name;
        this.whole = whole;
        this.results = results;
        this.failedBefore = failedBefore;
        this.isFirst = isFirst;
    }

    /**
     * Waits for the script and returns a site for each image.
     *
     * @param all the site where the script runs
     * @param names the images' names; empty for the only one
     * @throws BuildFailedException if the script left no exit code
     */
    public static List<Site> of(Site all, List<String> names)
            throws BuildFailedException, IOException, InterruptedException {
        if (names.equals(List.of(""))) {
            return List.of(all);
        }
        Outcome whole = all.collect();
        List<Results> results = new ArrayList<>();
        for (String name : names) {
            results.add(all.in(ImagesPlan.folder(name)));
        }
        boolean none = true;
        for (Results one : results) {
            none &= exitCode(one).isEmpty() && told(one, ResultFile.OUTPUT).isEmpty();
        }
        List<Site> sites = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            sites.add(new OneOfSeveral(all, names.get(i), whole, results.get(i), none, i == 0));
        }
        return sites;
    }

    private static Optional<Integer> exitCode(Results results) throws IOException, InterruptedException {
        return told(results, ResultFile.EXIT)
                .map(String::strip)
                .filter(EXIT_CODE.asMatchPredicate())
                .map(Integer::valueOf);
    }

    private static Optional<String> told(Results results, ResultFile file) throws IOException, InterruptedException {
        try {
            return results.read(file);
        } catch (UnreadableResultException e) {
            return Optional.empty();
        }
    }

    @Override
    public Outcome collect() throws BuildFailedException, IOException, InterruptedException {
        if (failedBefore && isFirst && whole.exitCode() != 0) {
            return whole;
        }
        Optional<Integer> exitCode = exitCode(results);
        if (exitCode.isEmpty() && killed()) {
            return whole;
        }
        if (exitCode.isEmpty()) {
            throw new BuildFailedException(withoutEnd());
        }
        return new Outcome(exitCode.get(), told(results, ResultFile.OUTPUT).orElse(""), duration());
    }

    /** Whether the script of all images was killed. */
    private boolean killed() throws IOException, InterruptedException {
        return whole.signalled() && told(all, ResultFile.ENDED).isEmpty();
    }

    private Finding withoutEnd() throws IOException, InterruptedException {
        if (whole.exitCode() == 0) {
            return new Finding(
                    "The build was lost: its script did not leave an exit code.",
                    "Most likely the machine's disk is full; see the output above.",
                    "Free disk space if that is the cause, then build again.");
        }
        boolean begun = told(results, ResultFile.OUTPUT).isPresent();
        return new Finding(
                begun ? "Built, but not pushed." : "Not built.",
                failedBefore
                        ? "The call failed before any image was built."
                        : Problem.named(
                                "Another image of this call failed, and {pushTogether} pushes all or none.",
                                all.naming()),
                "Fix that first; what was built is in the builder's cache for the next time.");
    }

    private Duration duration() throws IOException, InterruptedException {
        try {
            return PhaseTime.whole(told(results, ResultFile.TIMES).orElse("")).orElse(whole.duration());
        } catch (UnreadableResultException e) {
            return whole.duration();
        }
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, InterruptedException, UnreadableResultException {
        boolean ofAll =
                failedBefore || file == ResultFile.ENDED && exitCode(results).isEmpty();
        return ofAll ? all.read(file) : results.read(file);
    }

    @Override
    public Results in(String folder) throws IOException, InterruptedException {
        return all.in(folder);
    }

    @Override
    public String image() {
        return name;
    }

    @Override
    public UnaryOperator<String> naming() {
        return all.naming();
    }

    @Override
    public void layDown(List<PlannedFile> files) {
        throw new IllegalStateException("the script has ended");
    }

    @Override
    public void start() {
        throw new IllegalStateException("the script has ended");
    }

    @Override
    public void close() {
        // The directory belongs to all images.
    }
}
