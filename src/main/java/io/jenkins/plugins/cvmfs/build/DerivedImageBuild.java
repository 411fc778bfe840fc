package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.record.CallResult;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PublicMetadata;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildId;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.runner.OneOfSeveral;
import io.jenkins.plugins.cvmfs.engine.runner.Results;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import io.jenkins.plugins.cvmfs.options.ImageOptions;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.DerivedImageResult;
import io.jenkins.plugins.cvmfs.pages.FailedImage;
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds one or several images in a run, for both the step and the freestyle builder. */
public final class DerivedImageBuild {
    private final Surroundings in;

    public DerivedImageBuild(Surroundings in) {
        this.in = in;
    }

    /**
     * Builds, archives and records the images. Blocks until done.
     *
     * @param options what is wanted
     * @param expansion of variables in the options
     * @return the built images; none for a dry run or a check of the Dockerfile
     * @throws AbortException if an image was not built, with the complete explanation for the user
     */
    public List<DerivedImageResult> perform(ImageOptions options, UnaryOperator<String> expansion)
            throws IOException, InterruptedException {
        String id = BuildId.create();
        Optional<Prepared> prepared = new BuildPreparation(in, options, expansion).prepare(id);
        return prepared.isEmpty() ? List.of() : perform(id, prepared.get());
    }

    private List<DerivedImageResult> perform(String id, Prepared prepared) throws IOException, InterruptedException {
        RunningBuild running = new RunningBuild(
                id, RunningBuild.Image.of(prepared.plan()), Instant.now(), prepared.log(), prepared.logins());
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
     * Archives and records the results of a build.
     *
     * @param site where its script ran, or runs
     * @param directory the private directory
     * @return none for a check of the Dockerfile
     * @throws AbortException if an image was not built, with the complete explanation for the user
     */
    public List<DerivedImageResult> collect(RunningBuild running, Site site, FilePath directory)
            throws IOException, InterruptedException {
        List<DerivedImageResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try {
            List<Site> sites = OneOfSeveral.of(site, running.names());
            for (int i = 0; i < sites.size(); i++) {
                try {
                    collect(running, running.images().get(i), sites.get(i), directory)
                            .ifPresent(results::add);
                } catch (BuildFailedException e) {
                    failures.add(failed(running, e));
                }
            }
        } catch (BuildFailedException e) {
            failures.add(failed(running, e));
        } finally {
            running.log().end();
        }
        if (!failures.isEmpty()) {
            throw new AbortException(String.join("\n", failures));
        }
        return results;
    }

    /** Records why there is no image, and prints it. */
    private String failed(RunningBuild running, BuildFailedException e) throws IOException {
        MaskedListener log = running.log();
        DerivedImageAction.failed(in.run(), FailedImage.of(e.finding(), log::apply));
        return log.apply(e.getMessage());
    }

    private Optional<DerivedImageResult> collect(
            RunningBuild running, RunningBuild.Image image, Site site, FilePath directory)
            throws BuildFailedException, IOException, InterruptedException {
        Optional<ImageRecord> made = new ImageBuild(site, running.started())
                .collect(running.expected(image), calls -> keep(running, image, calls));
        return made.isEmpty() ? Optional.empty() : Optional.of(keep(running, image, made.get(), site, directory));
    }

    /** If an image is built, its record contains them. */
    private void keep(RunningBuild running, RunningBuild.Image image, List<CallResult> calls)
            throws IOException, InterruptedException {
        BuildLines.calls(image.spec(), calls).forEach(running.log().getLogger()::println);
        if (!image.spec().options().makesImage()) {
            new ImageArchive(in.run(), in.launcher(), in.listener())
                    .keep(running.id(image), Map.of("calls.json", CallResult.toJson(calls)));
            DerivedImageAction.called(in.run(), calls);
        }
    }

    private DerivedImageResult keep(
            RunningBuild running, RunningBuild.Image one, ImageRecord image, Site site, FilePath directory)
            throws IOException, InterruptedException {
        String id = running.id(one);
        ImageArchive archive = new ImageArchive(in.run(), in.launcher(), in.listener());
        archive.keep(id, documents(running, one, image, site));
        archive.fingerprint(image);
        DerivedImageAction.add(in.run(), id, image);
        BuildLines.summary(image).forEach(running.log().getLogger()::println);
        new KeptFiles(in, running, one).keep(archive, directory);
        return new DerivedImageResult(one.name(), image);
    }

    // Without buildx's metadata there is still the record, of an image that may have been pushed.
    private Map<String, String> documents(
            RunningBuild running, RunningBuild.Image one, ImageRecord image, Results results)
            throws IOException, InterruptedException {
        Map<String, String> documents = new LinkedHashMap<>();
        documents.put("record.json", image.toJson());
        one.dockerfile()
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
