package io.jenkins.plugins.cvmfs.pages;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import hudson.model.Job;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The latest images of a job, in a file of the job, so that no builds need to be loaded. The file contains at most
 * {@value #MOST} images.
 */
final class ImageHistory {
    private static final Logger LOGGER = Logger.getLogger(ImageHistory.class.getName());
    private static final String NAME = "cvmfs-derived-images.json";

    /** Limit of images. */
    static final int MOST = 200;

    /** Limit of the file's size; entries have a few hundred characters. */
    private static final long LARGEST = 16L * 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Builds of a job may end at the same time. The files are small, so one lock for all jobs is enough. */
    private static final Object LOCK = new Object();

    private final Path file;

    ImageHistory(Path file) {
        this.file = file;
    }

    static ImageHistory of(Job<?, ?> job) {
        return new ImageHistory(job.getRootDir().toPath().resolve(NAME));
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** The images, the oldest first. */
    List<HistoryEntry> entries() {
        try {
            if (!exists() || Files.size(file) > LARGEST) {
                return List.of();
            }
            List<HistoryEntry> read = JSON.readValue(Files.readString(file), new TypeReference<>() {});
            return read.stream().filter(Objects::nonNull).toList();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The images of a job could not be read from " + file, e);
            return List.of();
        }
    }

    /** The built images, the oldest first, without those that only got more tags. */
    List<HistoryEntry> built() {
        return entries().stream().filter(entry -> !entry.promoted()).toList();
    }

    void add(int build, BuiltImage image) throws IOException {
        change(entries -> entries.add(HistoryEntry.of(build, image)));
    }

    /** Adds tags to an image. */
    void promote(int build, PromotionRecord record) throws IOException {
        change(entries -> {
            entries.add(HistoryEntry.of(build, record, lastBuilt(entries, record.digest())));
        });
    }

    /** The last image with this digest that the job built. */
    Optional<HistoryEntry> built(String digest) {
        return lastBuilt(entries(), digest);
    }

    private static Optional<HistoryEntry> lastBuilt(List<HistoryEntry> entries, String digest) {
        return entries.stream()
                .filter(entry -> !entry.promoted() && entry.has(digest))
                .reduce((before, after) -> after);
    }

    /** Sets the result of a build. */
    void ended(int build, String result) throws IOException {
        if (entries().stream().anyMatch(entry -> entry.build() == build)) {
            change(entries -> entries.replaceAll(entry -> entry.build() == build ? entry.ended(result) : entry));
        }
    }

    private void change(Consumer<List<HistoryEntry>> change) throws IOException {
        synchronized (LOCK) {
            List<HistoryEntry> entries = new ArrayList<>(entries());
            change.accept(entries);
            write(entries.subList(Math.max(0, entries.size() - MOST), entries.size()));
        }
    }

    /** Removes the images of a build. */
    void remove(int build) throws IOException {
        synchronized (LOCK) {
            List<HistoryEntry> entries = entries();
            List<HistoryEntry> left =
                    entries.stream().filter(entry -> entry.build() != build).toList();
            if (left.size() < entries.size()) {
                write(left);
            }
        }
    }

    /** The newest image of each tag, the most recently built first. */
    Map<String, HistoryEntry> newest() {
        Map<String, HistoryEntry> newest = new LinkedHashMap<>();
        List<HistoryEntry> entries = entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            for (String tag : entries.get(i).tags()) {
                newest.putIfAbsent(tag, entries.get(i));
            }
        }
        return newest;
    }

    /** The last image with the same name, whatever its tag, before a build. */
    Optional<HistoryEntry> before(int build, String tag) {
        HistoryEntry found = null;
        for (HistoryEntry entry : built()) {
            if (entry.build() < build
                    && !entry.tags().isEmpty()
                    && name(entry.tags().get(0)).equals(name(tag))) {
                found = entry;
            }
        }
        return Optional.ofNullable(found);
    }

    private static String name(String tag) {
        return ImageReference.parse(tag).map(ImageReference::canonicalName).orElse(tag);
    }

    private void write(List<HistoryEntry> entries) throws IOException {
        Path next = file.resolveSibling(NAME + ".new");
        Files.writeString(next, text(entries));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String text(List<HistoryEntry> entries) {
        try {
            return JSON.writeValueAsString(entries);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entries are always JSON", e);
        }
    }
}
