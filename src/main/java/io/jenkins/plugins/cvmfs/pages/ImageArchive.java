package io.jenkins.plugins.cvmfs.pages;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Archives an image's documents as artifacts of the run, and records its base images as fingerprints. */
@Restricted(NoExternalUse.class)
public final class ImageArchive {
    private static final Logger LOGGER = Logger.getLogger(ImageArchive.class.getName());
    /** The folder among a run's artifacts. */
    static final String FOLDER = "cvmfs-derived-image/";

    /** The user's Dockerfile, beside the record. */
    public static final String DOCKERFILE = "Dockerfile";

    private final Run<?, ?> run;
    private final Launcher launcher;
    private final TaskListener listener;

    /**
     * @param run the run that gets the artifacts
     * @param launcher launcher of the agent with the files that a build wrote
     * @param listener receives messages
     */
    public ImageArchive(Run<?, ?> run, Launcher launcher, TaskListener listener) {
        this.run = run;
        this.launcher = launcher;
        this.listener = listener;
    }

    /**
     * Archives texts. The artifact manager gets them from this controller, so the agent cannot change them, and there
     * is no round trip.
     *
     * @param id id of the build, which separates its artifacts from those of other steps
     * @param texts by name, without folder
     */
    public void keep(String id, Map<String, String> texts) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("cvmfs-derived-image-");
        FilePath documents = new FilePath(directory.toFile());
        try {
            Map<String, String> artifacts = new HashMap<>();
            for (Map.Entry<String, String> text : texts.entrySet()) {
                Files.writeString(directory.resolve(text.getKey()), text.getValue());
                artifacts.put(FOLDER + id + "/" + text.getKey(), text.getKey());
            }
            run.pickArtifactManager()
                    .archive(
                            documents,
                            Jenkins.get().createLauncher(listener),
                            BuildListenerAdapter.wrap(listener),
                            artifacts);
        } finally {
            documents.deleteRecursive();
        }
    }

    /**
     * Archives files that a build wrote.
     *
     * @param directory the directory that contains them
     * @param id of the build
     * @param files relative to the directory, by their path among the build's artifacts
     */
    public void keepFiles(FilePath directory, String id, Map<String, String> files)
            throws IOException, InterruptedException {
        Map<String, String> artifacts = new HashMap<>();
        files.forEach((path, file) -> artifacts.put(FOLDER + id + "/" + path, file));
        run.pickArtifactManager().archive(directory, launcher, BuildListenerAdapter.wrap(listener), artifacts);
    }

    /**
     * Records the base images of an image, under both names by which the image may be used. A failure only causes a
     * warning, because the image exists anyway.
     */
    public void fingerprint(ImageRecord image) {
        for (String name : new String[] {image.digest(), image.imageId()}) {
            if (name == null || image.baseImages().isEmpty()) {
                continue;
            }
            try {
                DockerFingerprints.addFromFacet(image.baseImages().get(0).digest(), name, run);
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "No fingerprint of " + name, e);
                listener.getLogger()
                        .println("Warning: no fingerprint of the image was saved (" + e.getMessage() + ").");
            }
        }
    }
}
