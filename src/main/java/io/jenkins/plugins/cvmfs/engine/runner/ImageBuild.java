package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Diagnosis;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Evidence;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.CallReader;
import io.jenkins.plugins.cvmfs.engine.record.CallResult;
import io.jenkins.plugins.cvmfs.engine.record.ContainerState;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.RecordReader;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Runs a plan at a site in four steps: lay down, start, collect, close. A front end whose process may end in between
 * calls them one by one, the last two on a new object.
 */
public final class ImageBuild {
    /** Files that describe how the script ended, not its results. */
    private static final Set<ResultFile> ENDING =
            EnumSet.of(ResultFile.ENDED, ResultFile.PHASE, ResultFile.EXIT, ResultFile.OUTPUT);

    /** Receives the answers of docker to calls about a Dockerfile. */
    @FunctionalInterface
    public interface CallListener {
        /** Called with at least one answer. */
        void told(List<CallResult> calls) throws BuildFailedException, IOException, InterruptedException;
    }

    private final Site site;
    private final Instant started;

    /**
     * @param site where to build
     * @param started when the build started
     */
    public ImageBuild(Site site, Instant started) {
        this.site = site;
        this.started = started;
    }

    /**
     * Runs all steps in order. Afterwards the private directory no longer exists.
     *
     * @return the record of the image; empty for a check of the Dockerfile
     * @throws BuildFailedException if there is no image, or the check found something
     */
    public Optional<ImageRecord> run(BuildPlan plan) throws BuildFailedException, IOException, InterruptedException {
        return run(plan, Expected.of(plan));
    }

    /**
     * Runs all steps in order. Afterwards the private directory no longer exists.
     *
     * @param expected what is known about the build
     * @return the record of the image; empty for a check of the Dockerfile
     * @throws BuildFailedException if there is no image, or the check found something
     */
    public Optional<ImageRecord> run(BuildPlan plan, Expected expected)
            throws BuildFailedException, IOException, InterruptedException {
        try {
            layDown(ImagesPlan.of(plan));
            start();
            return collect(expected);
        } finally {
            close();
        }
    }

    /** Creates the plan's files. */
    public void layDown(ImagesPlan plan) throws IOException, InterruptedException {
        site.layDown(plan.files());
    }

    /** Starts the script. */
    public void start() throws IOException, InterruptedException {
        site.start();
    }

    /**
     * Reads the results of the script.
     *
     * @param expected what is known about the build
     * @return the record of the image; empty for a check of the Dockerfile
     * @throws BuildFailedException if there is no image, or the check found something
     */
    public Optional<ImageRecord> collect(Expected expected)
            throws BuildFailedException, IOException, InterruptedException {
        return collect(expected, calls -> {});
    }

    /**
     * Reads the results of the script.
     *
     * @param expected what is known about the build
     * @param listener receives the answers to calls about the Dockerfile, whether or not the build succeeded
     * @return the record of the image; empty for a check of the Dockerfile
     * @throws BuildFailedException if there is no image, or the check found something
     */
    public Optional<ImageRecord> collect(Expected expected, CallListener listener)
            throws BuildFailedException, IOException, InterruptedException {
        try {
            return collected(expected, listener);
        } catch (BuildFailedException e) {
            throw site.image().isEmpty() ? e : e.of(site.image());
        }
    }

    private Optional<ImageRecord> collected(Expected expected, CallListener listener)
            throws BuildFailedException, IOException, InterruptedException {
        ImageSpec spec = expected.spec();
        SecretMask secrets = new SecretMask(expected.sensitive());
        Outcome outcome = site.collect();
        List<CallResult> calls = calls(spec, secrets);
        if (!calls.isEmpty()) {
            listener.told(calls);
        }
        if (outcome.exitCode() != 0) {
            Optional<Phase> phase = told(ResultFile.PHASE).flatMap(Phase::of);
            throw new BuildFailedException(diagnosis(expected, phase.orElse(null), outcome));
        }
        if (!spec.options().makesImage()) {
            refuse(spec, calls);
            return Optional.empty();
        }
        try {
            ImageRecord made = new RecordReader(spec, all(site)).read(started, outcome.duration());
            return Optional.of(expected.sensitive().isEmpty() ? made : made.without(secrets::isIn));
        } catch (UnreadableResultException e) {
            throw new BuildFailedException(new Finding(
                    "The image was built, but its metadata could not be read.",
                    secrets.apply(e.getMessage()) + ".",
                    e.fix()));
        }
    }

    private List<CallResult> calls(ImageSpec spec, SecretMask secrets) throws IOException, InterruptedException {
        List<CallResult> calls = new ArrayList<>();
        for (String call : spec.options().calls()) {
            Optional<String> answer = told(CallReader.file(call)).filter(text -> !text.isBlank());
            try {
                if (answer.isPresent()) {
                    calls.add(CallReader.read(call, answer.get()).without(secrets::isIn));
                }
            } catch (UnreadableResultException e) {
                // It is missing, which is an error if nothing else was requested.
            }
        }
        return calls;
    }

    private static void refuse(ImageSpec spec, List<CallResult> calls) throws BuildFailedException {
        if (calls.size() < spec.options().calls().size()) {
            throw new BuildFailedException(new Finding(
                    "The answer of the Dockerfile's frontend could not be read.",
                    "It is no JSON document, or larger than 4 MiB.",
                    "Use docker's own frontend, # syntax=docker/dockerfile:1, or drop the call."));
        }
        if (calls.stream().anyMatch(CallResult::found)) {
            throw new BuildFailedException(new Finding(
                    "The Dockerfile did not pass Docker's check.",
                    "What was found is in the output above.",
                    "Fix it, or silence a rule with # check=skip=RULE in the Dockerfile's first lines."));
        }
    }

    /** Stops what still runs and removes the private directory. */
    public void close() throws IOException, InterruptedException {
        site.close();
    }

    private Finding diagnosis(Expected expected, Phase phase, Outcome outcome)
            throws IOException, InterruptedException {
        Optional<Driver> chosen = told(ResultFile.DRIVER).map(String::strip).flatMap(Driver::of);
        return Diagnosis.of(
                new Evidence(
                        expected.spec(),
                        phase,
                        outcome.exitCode(),
                        outcome.lastOutput(),
                        chosen.orElse(null),
                        expected.review(),
                        ContainerState.of(told(ResultFile.CONTAINER).orElse("")),
                        outcome.signalled() && told(ResultFile.ENDED).isEmpty()),
                new FrontEnd(site.naming(), expected.logins()));
    }

    // A failure is explained as well as possible, whatever the build left.
    private Optional<String> told(ResultFile file) throws IOException, InterruptedException {
        try {
            return site.read(file);
        } catch (UnreadableResultException e) {
            return Optional.empty();
        }
    }

    private static Map<ResultFile, String> all(Results results)
            throws IOException, InterruptedException, UnreadableResultException {
        Map<ResultFile, String> texts = new EnumMap<>(ResultFile.class);
        for (ResultFile file : ResultFile.values()) {
            if (!ENDING.contains(file)) {
                results.read(file).ifPresent(content -> texts.put(file, content));
            }
        }
        return texts;
    }
}
