package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Diagnosis;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.RecordReader;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Carries a plan out at a site. The parts are apart for front ends whose process runs on without them. */
public final class ImageBuild {
    private final BuildPlan plan;
    private final Site site;

    /**
     * @param plan what is done
     * @param site where
     */
    public ImageBuild(BuildPlan plan, Site site) {
        this.plan = plan;
        this.site = site;
    }

    /**
     * Lays the files down, runs the script, and reads what it made; the private directory is gone afterwards.
     *
     * @throws BuildFailedException if there is no image
     */
    public ImageRecord run() throws BuildFailedException, IOException, InterruptedException {
        Instant started = Instant.now();
        try {
            site.layDown(plan.files());
            Outcome outcome = site.run();
            return finish(outcome, started, Duration.between(started, Instant.now()));
        } finally {
            site.remove();
        }
    }

    /**
     * Reads what a script that has ended made.
     *
     * @param outcome how it ended
     * @param started when the build began
     * @param duration how long it took
     * @throws BuildFailedException if there is no image
     */
    public ImageRecord finish(Outcome outcome, Instant started, Duration duration)
            throws BuildFailedException, IOException, InterruptedException {
        if (outcome.exitCode() != 0) {
            Optional<Phase> phase = site.read(ResultFile.PHASE).flatMap(Phase::of);
            throw new BuildFailedException(
                    new Diagnosis(plan.spec()).of(phase.orElse(null), outcome.exitCode(), outcome.lastOutput()));
        }
        try {
            return new RecordReader(plan.spec(), results()).read(started, duration);
        } catch (UnreadableResultException e) {
            throw new BuildFailedException(new Finding(
                    "The image was made, but what was made cannot be told.",
                    e.getMessage() + ".",
                    "See whether the disk that holds temporary files is full, then build again."));
        }
    }

    private Map<ResultFile, String> results() throws IOException, InterruptedException {
        Map<ResultFile, String> results = new EnumMap<>(ResultFile.class);
        for (ResultFile file : ResultFile.values()) {
            Optional<String> text = site.read(file);
            text.ifPresent(content -> results.put(file, content));
        }
        return results;
    }
}
