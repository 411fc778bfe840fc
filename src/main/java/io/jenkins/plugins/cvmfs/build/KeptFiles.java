package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.cvmfs.agent.WrittenFiles;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.SecretWarnings;
import io.jenkins.plugins.cvmfs.pages.ImageArchive;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a build that a job asked to keep: those written by outputs, and buildx's own record. */
final class KeptFiles {
    private static final long MIB = 1L << 20;
    private static final long LARGEST_OUTPUTS = 8192 * MIB;
    private static final long LARGEST_RECORD = 64 * MIB;
    private static final String RECORD = "build.dockerbuild";

    private final Surroundings in;
    private final RunningBuild running;
    private final RunningBuild.Image image;

    KeptFiles(Surroundings in, RunningBuild running, RunningBuild.Image image) {
        this.in = in;
        this.running = running;
        this.image = image;
    }

    /**
     * Archives the requested files.
     *
     * @param directory the private directory
     * @throws AbortException if requested outputs cannot be kept
     */
    void keep(ImageArchive archive, FilePath directory) throws IOException, InterruptedException {
        BuildOptions options = image.spec().options();
        if (options.exportsRecord()) {
            keepRecord(archive, directory);
        }
        if (options.archivesOutputs()) {
            keepOutputs(archive, options);
        }
    }

    private void keepOutputs(ImageArchive archive, BuildOptions options) throws IOException, InterruptedException {
        Map<String, String> files = new HashMap<>();
        try {
            WrittenFiles.of(in.workspace(), options.outputPaths().values(), LARGEST_OUTPUTS)
                    .forEach(file -> files.put("outputs/" + file, file));
        } catch (IOException e) {
            throw new AbortException(
                    "The outputs were not archived: " + e.getMessage() + ". The image was made; see the lines above.");
        }
        archive.keepFiles(in.workspace(), running.id(image), files);
        running.log()
                .getLogger()
                .println("Archived " + files.size() + (files.size() == 1 ? " file" : " files") + " of the outputs");
    }

    private String record() {
        String folder = ImagesPlan.folder(image.name());
        return (folder.isEmpty() ? "" : folder + "/") + ResultFile.BUILD_RECORD;
    }

    /**
     * The file contains the build's log and arguments in a packed form, so secrets in it cannot be masked: neither
     * those in options nor build secrets that a RUN prints.
     */
    private void keepRecord(ImageArchive archive, FilePath directory) throws IOException, InterruptedException {
        String given = image.spec().values().toString();
        boolean secret = !image.spec().options().secrets().isEmpty()
                || running.log().texts().stream().anyMatch(given::contains)
                || !SecretWarnings.of(image.spec(), OptionTable::inPipeline).isEmpty();
        if (secret) {
            running.log()
                    .getLogger()
                    .println("Warning: buildx's record of the build was not archived, since the build "
                            + "has a secret, which could be read in it.");
            return;
        }
        try {
            List<String> files = WrittenFiles.of(directory, List.of(record()), LARGEST_RECORD);
            if (!files.isEmpty()) {
                archive.keepFiles(directory, running.id(image), Map.of(RECORD, files.get(0)));
            }
        } catch (IOException e) {
            running.log()
                    .getLogger()
                    .println("Warning: buildx's record of the build was not archived: " + e.getMessage());
        }
    }
}
