package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Finding;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.BuildLines;
import io.jenkins.plugins.cvmfs.engine.record.CallResult;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PublicMetadata;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.BuildFailedException;
import io.jenkins.plugins.cvmfs.engine.runner.Expected;
import io.jenkins.plugins.cvmfs.engine.runner.ImageBuild;
import io.jenkins.plugins.cvmfs.engine.runner.OneOfSeveral;
import io.jenkins.plugins.cvmfs.engine.runner.SecretMask;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The results of a call with one or several images, including failures. */
final class ImagesMade {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final boolean several;
    private final Map<Site, ImageRecord> made = new LinkedHashMap<>();
    private final List<BuildFailedException> failures = new ArrayList<>();

    private ImagesMade(boolean several) {
        this.several = several;
    }

    /** Receives the answers of docker to calls about the Dockerfile of an image. */
    interface CallListener {
        void told(ImageSpec spec, List<CallResult> calls) throws BuildFailedException;
    }

    /** Waits for the script, then reads its results. */
    static ImagesMade of(LocalSite site, Instant started, ImagesPlan plan, Set<String> sensitive, CallListener listener)
            throws BuildFailedException, IOException, InterruptedException {
        ImagesMade all = new ImagesMade(plan.isSeveral());
        List<Site> sites = OneOfSeveral.of(
                site, plan.images().stream().map(ImagesPlan.PlannedImage::name).toList());
        for (int i = 0; i < sites.size(); i++) {
            var image = plan.images().get(i).plan();
            try {
                Optional<ImageRecord> record = new ImageBuild(sites.get(i), started)
                        .collect(
                                new Expected(image.spec(), image.dockerfile(), Map.of(), sensitive),
                                calls -> listener.told(image.spec(), calls));
                if (record.isPresent()) {
                    all.made.put(sites.get(i), record.get());
                }
            } catch (BuildFailedException e) {
                all.failures.add(e);
            }
        }
        return all;
    }

    List<ImageRecord> records() {
        return List.copyOf(made.values());
    }

    /** @throws BuildFailedException with all failures, if there are any */
    void refuse() throws BuildFailedException {
        if (!failures.isEmpty()) {
            throw BuildFailedException.of(failures);
        }
    }

    /** The record; an array for several images. */
    String json() {
        return several
                ? records().stream()
                        .map(ImageRecord::toJson)
                        .map(String::strip)
                        .collect(Collectors.joining(",\n", "[", "]\n"))
                : records().get(0).toJson();
    }

    List<String> summary() {
        return records().stream()
                .flatMap(record -> BuildLines.summary(record).stream())
                .toList();
    }

    /** The public part of buildx's metadata, as archived in Jenkins; by name for several images. */
    String metadata(SecretMask secrets) throws BuildFailedException, IOException, InterruptedException {
        if (!several) {
            return metadata(made.keySet().iterator().next(), secrets);
        }
        ObjectNode all = JSON.createObjectNode();
        try {
            for (Site site : made.keySet()) {
                all.set(site.image(), JSON.readTree(metadata(site, secrets)));
            }
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read before is not JSON", e);
        }
    }

    private static String metadata(Site site, SecretMask secrets)
            throws BuildFailedException, IOException, InterruptedException {
        try {
            Optional<String> told = site.read(ResultFile.METADATA);
            return told.isEmpty() ? "{}\n" : secrets.apply(PublicMetadata.of(told.get()));
        } catch (UnreadableResultException e) {
            throw new BuildFailedException(new Finding(
                    "The image was built, but its metadata could not be read.", e.getMessage() + ".", e.fix()));
        }
    }
}
