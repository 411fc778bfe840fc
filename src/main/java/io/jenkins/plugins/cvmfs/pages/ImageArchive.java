package io.jenkins.plugins.cvmfs.pages;

import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import jenkins.util.BuildListenerAdapter;
import org.jenkinsci.plugins.docker.commons.fingerprint.DockerFingerprints;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Keeps an image's documents as artifacts of the run, and its descent as fingerprints. */
@Restricted(NoExternalUse.class)
public final class ImageArchive {
    private static final String FOLDER = "cvmfs-derived-image/";

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
     * @param directory of the agent, through which the artifact manager takes them
     * @param id of the build, which tells its artifacts from those of another step
     * @param texts by name, without folder
     */
    public void keep(FilePath directory, String id, Map<String, String> texts)
            throws IOException, InterruptedException {
        Map<String, String> artifacts = new HashMap<>();
        for (Map.Entry<String, String> text : texts.entrySet()) {
            directory.child(text.getKey()).write(text.getValue(), "UTF-8");
            artifacts.put(FOLDER + id + "/" + text.getKey(), text.getKey());
        }
        run.pickArtifactManager().archive(directory, launcher, BuildListenerAdapter.wrap(listener), artifacts);
    }

    /** Notes from which base images the image descends, under each of the two names by which it may be used itself. */
    public void fingerprint(ImageRecord image) throws IOException {
        for (String name : new String[] {image.digest(), image.imageId()}) {
            if (name != null && !image.baseImages().isEmpty()) {
                DockerFingerprints.addFromFacet(image.baseImages().get(0).digest(), name, run);
            }
        }
    }
}
