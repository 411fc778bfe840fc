package io.jenkins.plugins.cvmfs.engine.runner;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Diagnosis;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Evidence;
import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.dockerfile.Review;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.plan.PromotionPlan;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.PromotionSpec;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Adds tags to an image in a registry, at a site. */
public final class ImagePromotion {
    private final Site site;
    private final PromotionSpec spec;

    public ImagePromotion(Site site, PromotionSpec spec) {
        this.site = site;
        this.spec = spec;
    }

    /**
     * Promotes the image. The caller closes the site.
     *
     * @param logins descriptions of the logins, by the registry's host
     * @throws BuildFailedException if a registry does not have the image under each tag
     */
    public PromotionRecord run(Map<String, String> logins)
            throws BuildFailedException, IOException, InterruptedException {
        Instant started = Instant.now();
        site.layDown(PromotionPlan.of(spec.source(), spec.tags()).files());
        site.start();
        Outcome outcome = site.collect();
        if (outcome.exitCode() != 0) {
            throw new BuildFailedException(Diagnosis.of(
                    new Evidence(
                            described(),
                            Phase.PUBLISH,
                            outcome.exitCode(),
                            outcome.lastOutput(),
                            Driver.DOCKER,
                            new Review("", List.of())),
                    new FrontEnd(site.naming(), logins)));
        }
        return PromotionRecord.of(spec, started, outcome.duration());
    }

    /** A description of a push of these tags, for the diagnosis. */
    private ImageSpec described() {
        List<String> tags = spec.tags().stream().map(ImageReference::toString).toList();
        try {
            return ImageSpec.of(
                    new GivenOptions()
                            .give(ImageTable.TAGS, tags)
                            .give(ImageTable.PUSH, true)
                            .give(BuilderTable.DRIVER, Driver.DOCKER.text()),
                    WorkspaceFiles.UNCHECKED);
        } catch (InvalidSpecException e) {
            throw new IllegalStateException("tags that were checked are not allowed", e);
        }
    }
}
