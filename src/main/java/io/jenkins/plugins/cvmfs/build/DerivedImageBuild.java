package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PublicMetadata;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.runner.Results;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import io.jenkins.plugins.cvmfs.pages.FailedImage;
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds one image in a run: what the step and the freestyle builder share. */
public final class DerivedImageBuild {
    private final Surroundings in;

    public DerivedImageBuild(Surroundings in) {
        this.in = in;
    }

    /**
     * Builds, archives and notes the image, while the thread waits.
     *
     * @param options what is wanted
     * @param expansion of variables in the options
     * @return what was built; empty if the plan was only to be shown, or the Dockerfile to be checked
     * @throws AbortException with everything a user needs to know, if there is no image
     */
    public Optional<DerivedImageResult> perform(ImageOptions options, UnaryOperator<String> expansion)
            throws IOException, InterruptedException {
        String id = BuildId.create();
        Optional<Prepared> prepared = new BuildPreparation(in, options, expansion).prepare(id);
        return prepared.isEmpty() ? Optional.empty() : perform(id, prepared.get());
    }

    private Optional<DerivedImageResult> perform(String id, Prepared prepared)
            throws IOException, InterruptedException {
        RunningBuild running = new RunningBuild(
                id,
                prepared.plan().spec(),
                prepared.plan().dockerfile(),
                Instant.now(),
                prepared.log(),
                prepared.logins());
        ImageBuild build = new ImageBuild(prepared.site(), running.started());
        try {
            build.layDown(prepared.plan());
            build.start();
            return collect(running, prepared.site(), in.privateDirectory(id));
        } finally {
            build.close();
        }
    }

    /**
     * Archives and notes what a build made.
     *
     * @param site where its script ran, or runs
     * @param directory the private directory
     * @return empty if the Dockerfile was only to be checked
     * @throws AbortException with everything a user needs to know, if there is no image
     */
    public Optional<DerivedImageResult> collect(RunningBuild running, Site site, FilePath directory)
            throws IOException, InterruptedException {
        try {
            Optional<ImageRecord> made = new ImageBuild(site, running.started()).collect(running.expected());
            return made.isEmpty() ? Optional.empty() : Optional.of(keep(running, made.get(), site, directory));
        } catch (BuildFailedException e) {
            MaskedListener log = running.log();
            DerivedImageAction.failed(
                    in.run(),
                    new FailedImage(
                            log.apply(e.finding().what()),
                            log.apply(e.finding().why()),
                            log.apply(e.finding().fix())));
            throw new AbortException(log.apply(e.getMessage()));
        } finally {
            running.log().end();
        }
    }

    private DerivedImageResult keep(RunningBuild running, ImageRecord image, Site site, FilePath directory)
            throws IOException, InterruptedException {
        ImageArchive archive = new ImageArchive(in.run(), in.launcher(), in.listener());
        archive.keep(directory, running.id(), documents(running, image, site));
        archive.fingerprint(image);
        DerivedImageAction.add(in.run(), running.id(), image);
        BuildLines.summary(image).forEach(running.log().getLogger()::println);
        return new DerivedImageResult(image);
    }

    // Without buildx's metadata there is still the record, of an image that may have been pushed.
    private Map<String, String> documents(RunningBuild running, ImageRecord image, Results results)
            throws IOException, InterruptedException {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("record.json", image.toJson());
        running.dockerfile()
                .ifPresent(text ->
                        documents.put(ImageArchive.DOCKERFILE, running.log().apply(text)));
        try {
            Optional<String> metadata = results.read(ResultFile.METADATA);
            if (metadata.isPresent()) {
                documents.put("metadata.json", running.log().apply(PublicMetadata.of(metadata.get())));
            }
        } catch (UnreadableResultException e) {
            in.listener().getLogger().println("Warning: metadata.json was not archived: it could not be read.");
        }
        return documents;
    }
}
