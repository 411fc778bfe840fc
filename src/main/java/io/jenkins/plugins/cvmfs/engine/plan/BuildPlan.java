package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.dockerfile.HelperContext;
import io.jenkins.plugins.cvmfs.engine.dockerfile.SetupDockerfile;
import io.jenkins.plugins.cvmfs.engine.options.CvmfsAccess;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The plan of one image: a POSIX {@code sh} script and the files it needs, all in one private directory.
 *
 * <p>The script runs as {@code sh PRIVATE-DIRECTORY/build.sh} in the directory that relative paths refer to. It finds
 * its private directory by its own path, writes its results there to the {@link ResultFile}s, and ends with the exit
 * code of the command that failed.
 *
 * @param spec the requested image
 * @param steps the commands, in order; the script is rendered from them
 * @param files all files to write, including the script
 */
public record BuildPlan(ImageSpec spec, List<Step> steps, List<PlannedFile> files) {
    /** The script's path in the private directory. */
    public static final String SCRIPT = "build.sh";

    /** The file with the script's process id in the private directory. */
    public static final String PID = "pid";

    /** The files that are the same for every build. */
    private static final Set<String> LIBRARY = Set.of(
            ShellLibrary.FILE,
            CommitPlan.INSIDE,
            SmokeTest.FILE,
            BuildxBuild.CONTEXT + "/" + SetupDockerfile.DERIVE,
            BuildxBuild.HELPER + "/" + HelperContext.MOUNT);

    /** The folder of one of several images. */
    private static final Pattern OF_ONE = Pattern.compile("^images/[^/]+/");

    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,60}");

    /**
     * Plans a build.
     *
     * @param spec the requested image
     * @param id distinguishes this build's containers and builders from others: lower-case letters, digits and
     *     {@code -}
     */
    public static BuildPlan of(ImageSpec spec, String id) {
        return of(spec, id, Optional.of(DockerfileText.of("")));
    }

    /**
     * Plans a build with its Dockerfile, which is written unchanged.
     *
     * @param dockerfile the Dockerfile; empty for a setup script or a remote context
     */
    public static BuildPlan of(ImageSpec spec, String id, Optional<DockerfileText> dockerfile) {
        return of(spec, id, dockerfile, Role.ALONE);
    }

    static BuildPlan of(ImageSpec spec, String id, Optional<DockerfileText> dockerfile, Role role) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("not an id of a build: " + id);
        }
        if (spec.access() == CvmfsAccess.AUTO) {
            throw new IllegalArgumentException("access auto must be decided before the plan");
        }
        Script script = spec.strategy() == Strategy.COMMIT
                ? new CommitPlan(spec, id, role).script()
                : new BuildxPlan(spec, id, dockerfile, role).script();
        List<PlannedFile> files = new ArrayList<>();
        files.add(new PlannedFile(SCRIPT, script.text(), true));
        files.addAll(script.files());
        if (role.alone()) {
            files.add(new PlannedFile(ShellLibrary.FILE, ShellLibrary.text(), false));
        }
        return new BuildPlan(spec, List.copyOf(script.steps()), List.copyOf(files));
    }

    /** The script's text. */
    public String script() {
        return files.get(0).content();
    }

    /** The text of the user's Dockerfile; empty if the plan does not contain it. */
    public Optional<String> dockerfile() {
        return files.stream()
                .filter(file -> file.path().equals(BuildxBuild.DOCKERFILE))
                .map(PlannedFile::content)
                .findFirst();
    }

    /** Whether a file is the same for every build. */
    public static boolean isLibrary(PlannedFile file) {
        return LIBRARY.contains(OF_ONE.matcher(file.path()).replaceFirst(""));
    }

    /**
     * The files that would be written, for display.
     *
     * @param library whether to include the files that are the same for every build
     */
    public String render(boolean library) {
        return render(files, library);
    }

    static String render(List<PlannedFile> files, boolean library) {
        StringBuilder text = new StringBuilder(files.get(0).content());
        for (PlannedFile file : files.subList(1, files.size())) {
            if (library || !isLibrary(file)) {
                text.append("\n# ---- ")
                        .append(file.path())
                        .append('\n')
                        .append(file.content())
                        .append(file.content().endsWith("\n") ? "" : "\n");
            }
        }
        return text.toString();
    }
}
