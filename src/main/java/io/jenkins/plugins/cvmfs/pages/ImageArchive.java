package io.jenkins.plugins.cvmfs.pages;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.PrivateDirectory;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Keeps an image's documents as artifacts of the run, and its descent as fingerprints. */
@Restricted(NoExternalUse.class)
public final class ImageArchive {
    private static final Logger LOGGER = Logger.getLogger(ImageArchive.class.getName());
    /** Of a run's artifacts. */
    static final String FOLDER = "cvmfs-derived-image/";

    /** The user's Dockerfile, beside the record. */
    public static final String DOCKERFILE = "Dockerfile";

    private final Run<?, ?> run;
    private final Launcher launcher;
    private final TaskListener listener;

    /**
     * @param run gets the artifacts
     * @param launcher of the agent that has the files
     * @param listener is told
     */
    public ImageArchive(Run<?, ?> run, Launcher launcher, TaskListener listener) {
        this.run = run;
        this.launcher = launcher;
        this.listener = listener;
    }

    /**
     * Archives texts.
     *
     * @param directory the private directory on the agent, below which the artifact manager finds them
     * @param id of the build, which tells its artifacts from those of another step
     * @param texts by name, without folder
     */
    public void keep(FilePath directory, String id, Map<String, String> texts)
            throws IOException, InterruptedException {
        String documents = directory.act(new PrivateDirectory.Documents(new HashMap<>(texts)));
        Map<String, String> artifacts = new HashMap<>();
        texts.keySet().forEach(name -> artifacts.put(FOLDER + id + "/" + name, name));
        run.pickArtifactManager()
                .archive(directory.child(documents), launcher, BuildListenerAdapter.wrap(listener), artifacts);
    }

    /**
     * Archives files that a build has written.
     *
     * @param directory below which they are
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
     * Notes from which base images the image descends, under each of the two names by which it may be used itself. An
     * image without fingerprints is still an image, so a failure is only a warning.
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
