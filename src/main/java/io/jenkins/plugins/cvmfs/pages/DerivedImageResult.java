package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.Publication;
import io.jenkins.plugins.cvmfs.engine.record.TaggedImage;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;

/** The return value of the step: the record of the built image, for scripts. */
public final class DerivedImageResult implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String digest;
    private final String imageId;
    private final ArrayList<String> tags;
    private final ArrayList<String> references;
    private final ArrayList<String> unpackedLines;
    private final ArrayList<String> osgLines;
    private final ArrayList<String> apptainerReferences;
    private final ArrayList<String> platforms;
    private final Long size;
    private final String mounts;
    private final ArrayList<LinkedHashMap<String, Object>> repositories = new ArrayList<>();
    private final String baseImage;
    private final String baseImageDigest;
    private final long durationMillis;
    private final String json;

    /** @param name its name among several images; empty for the only one */
    public DerivedImageResult(String name, ImageRecord image) {
        this.name = name;
        digest = image.digest();
        imageId = image.imageId();
        tags = new ArrayList<>(image.images().stream().map(TaggedImage::tag).toList());
        references = new ArrayList<>(image.references());
        List<Publication> publications = Publication.of(image);
        unpackedLines =
                new ArrayList<>(publications.stream().map(Publication::unpacked).toList());
        osgLines = new ArrayList<>(publications.stream()
                .map(Publication::osg)
                .filter(Objects::nonNull)
                .toList());
        apptainerReferences = new ArrayList<>(
                publications.stream().map(Publication::apptainer).toList());
        platforms = new ArrayList<>(image.platforms());
        size = image.size();
        mounts = image.mounts();
        image.repositories().forEach(mounted -> {
            LinkedHashMap<String, Object> repository = new LinkedHashMap<>();
            repository.put("name", mounted.name());
            repository.put("revision", mounted.revision());
            repository.put("rootHash", mounted.rootHash());
            repositories.add(repository);
        });
        baseImage =
                image.baseImages().isEmpty() ? null : image.baseImages().get(0).name();
        baseImageDigest =
                image.baseImages().isEmpty() ? null : image.baseImages().get(0).digest();
        durationMillis = image.durationMillis();
        json = image.toJson();
    }

    /** The image's name among several of one step; empty for the only one. */
    @Whitelisted
    public String getName() {
        return name;
    }

    /** The first tag's registry digest, or null if the image was not pushed. */
    @Whitelisted
    @CheckForNull
    public String getDigest() {
        return digest;
    }

    /** The engine's image ID, or the digest of the image's configuration; null if both are unknown. */
    @Whitelisted
    @CheckForNull
    public String getImageId() {
        return imageId;
    }

    /** The requested tags. */
    @Whitelisted
    public List<String> getTags() {
        return tags;
    }

    /** {@code name@sha256:...} of the first tag, or null if the image was not pushed. */
    @Whitelisted
    @CheckForNull
    public String getReference() {
        return references.isEmpty() ? null : references.get(0);
    }

    /** {@code name@sha256:...} for each pushed tag. */
    @Whitelisted
    public List<String> getReferences() {
        return references;
    }

    /** For each pushed tag the line of unpacked.cern.ch's wishlist. */
    @Whitelisted
    public List<String> getUnpackedLines() {
        return unpackedLines;
    }

    /** For each pushed tag that OSG's list of images can name, its line there. */
    @Whitelisted
    public List<String> getOsgLines() {
        return osgLines;
    }

    /** {@code docker://name@sha256:...} for each pushed tag. */
    @Whitelisted
    public List<String> getApptainerReferences() {
        return apptainerReferences;
    }

    /** {@code os/arch[/variant]} of each image. */
    @Whitelisted
    public List<String> getPlatforms() {
        return platforms;
    }

    /** Size in bytes: unpacked in the engine, otherwise packed in the registry; null if unknown. */
    @Whitelisted
    @CheckForNull
    public Long getSize() {
        return size;
    }

    /** The requested CVMFS repositories. */
    @Whitelisted
    public String getMounts() {
        return mounts;
    }

    /** For each mounted repository its {@code name}, {@code revision} and {@code rootHash}, as far as known. */
    @Whitelisted
    public List<? extends Map<String, Object>> getRepositories() {
        return repositories;
    }

    /** The base image, if known. */
    @Whitelisted
    @CheckForNull
    public String getBaseImage() {
        return baseImage;
    }

    /** The digest of the base image, if known. */
    @Whitelisted
    @CheckForNull
    public String getBaseImageDigest() {
        return baseImageDigest;
    }

    /** How long it took, in milliseconds. */
    @Whitelisted
    public long getDurationMillis() {
        return durationMillis;
    }

    /** The whole record. */
    @Whitelisted
    public String getJson() {
        return json;
    }

    @Override
    @Whitelisted
    public String toString() {
        return references.isEmpty() ? tags.get(0) : references.get(0);
    }
}
