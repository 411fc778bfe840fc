package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Diagnosis;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.RecordReader;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
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
            return finish(plan.spec(), site, outcome, started, Duration.between(started, Instant.now()));
        } finally {
            site.remove();
        }
    }

    /**
     * Has BuildKit check the Dockerfile, of a plan that makes no image; the private directory is gone afterwards.
     *
     * @throws BuildFailedException if something was found
     */
    public void check() throws BuildFailedException, IOException, InterruptedException {
        try {
            site.layDown(plan.files());
            checked(plan.spec(), site, site.run());
        } finally {
            site.remove();
        }
    }

    /**
     * Tells how a check ended.
     *
     * @throws BuildFailedException if something was found
     */
    public static void checked(ImageSpec spec, Results results, Outcome outcome)
            throws BuildFailedException, IOException, InterruptedException {
        Optional<Phase> phase = results.read(ResultFile.PHASE).flatMap(Phase::of);
        if (outcome.exitCode() == 1 && phase.filter(Phase.BUILD::equals).isPresent()) {
            throw new BuildFailedException(new Finding(
                    "The Dockerfile does not pass docker's check.",
                    "What was found is in the output above.",
                    "Fix it, or silence a rule with # check=skip=RULE in the Dockerfile's first lines."));
        }
        if (outcome.exitCode() != 0) {
            throw new BuildFailedException(
                    new Diagnosis(spec).of(phase.orElse(null), outcome.exitCode(), outcome.lastOutput()));
        }
    }

    /**
     * Reads what a script that has ended made; also where the process that planned it is no more.
     *
     * @param spec what was wanted
     * @param results what the script left
     * @param outcome how it ended
     * @param started when the build began
     * @param duration how long it took
     * @throws BuildFailedException if there is no image
     */
    public static ImageRecord finish(
            ImageSpec spec, Results results, Outcome outcome, Instant started, Duration duration)
            throws BuildFailedException, IOException, InterruptedException {
        if (outcome.exitCode() != 0) {
            Optional<Phase> phase = results.read(ResultFile.PHASE).flatMap(Phase::of);
            throw new BuildFailedException(
                    new Diagnosis(spec).of(phase.orElse(null), outcome.exitCode(), outcome.lastOutput()));
        }
        try {
            return new RecordReader(spec, all(results)).read(started, duration);
        } catch (UnreadableResultException e) {
            throw new BuildFailedException(new Finding(
                    "The image was made, but what was made cannot be told.",
                    e.getMessage() + ".",
                    "See whether the disk that holds temporary files is full, then build again."));
        }
    }

    private static Map<ResultFile, String> all(Results results) throws IOException, InterruptedException {
        Map<ResultFile, String> texts = new EnumMap<>(ResultFile.class);
        for (ResultFile file : ResultFile.values()) {
            Optional<String> text = results.read(file);
            text.ifPresent(content -> texts.put(file, content));
        }
        return texts;
    }
}
