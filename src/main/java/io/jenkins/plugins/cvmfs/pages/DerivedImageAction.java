package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.Functions;
import hudson.Util;
import hudson.model.Api;
import hudson.model.EnvironmentContributingAction;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.engine.record.CallResult;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.PromotionRecord;
import io.jenkins.plugins.cvmfs.engine.record.ReadableSize;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.RunAction2;
import jenkins.model.Tab;
import jenkins.util.VirtualFile;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** The derived images of a run: its pages, its remote API, and the variables for later steps. */
@Restricted(NoExternalUse.class)
@ExportedBean
public final class DerivedImageAction extends Tab implements RunAction2, EnvironmentContributingAction {
    private static final long KILO = 1000;

    /** Limit of entries in each list, so that a loop in a Pipeline does not fill a page. */
    private static final int MOST = 200;

    /** Larger Dockerfiles are not shown. */
    private static final long LARGEST = 256L * 1024;

    private static final Logger LOGGER = Logger.getLogger(DerivedImageAction.class.getName());

    private final List<BuiltImage> built = new ArrayList<>();
    private final List<FailedImage> failures = new ArrayList<>();

    private final List<PromotedImage> promoted = new ArrayList<>();

    /** The findings about Dockerfiles, each once. */
    private final List<String> warnings = new ArrayList<>();

    /** The answers to calls about Dockerfiles of which no image was built: documents of {@link CallResult}. */
    private final List<String> calls = new ArrayList<>();

    DerivedImageAction() {
        super(null);
    }

    /**
     * Adds an image to the run, unless it is present already, because a build interrupted by a restart of Jenkins is
     * completed again.
     *
     * @param id of the build
     */
    public static void add(Run<?, ?> run, String id, ImageRecord image) throws IOException {
        BuiltImage one = new BuiltImage(id, image);
        if (keep(run, action -> action.keep(one))) {
            ImageHistory.of(run.getParent()).add(run.getNumber(), one);
        }
    }

    synchronized boolean keep(BuiltImage image) {
        return addOnce(built, image, image::isSame);
    }

    /**
     * Adds the tags that a promotion added to an image.
     *
     * @param id of the promotion
     */
    public static void promoted(Run<?, ?> run, String id, PromotionRecord image) throws IOException {
        PromotedImage one = new PromotedImage(id, image);
        if (keep(run, action -> addOnce(action.promoted, one, one::isSame))) {
            ImageHistory.of(run.getParent()).promote(run.getNumber(), image);
        }
    }

    /** Adds the reason why an image is missing. */
    public static void failed(Run<?, ?> run, FailedImage failure) throws IOException {
        FailedImage placed = failure.at(LogPlace.of(run));
        keep(run, action -> addOnce(action.failures, placed, placed::isSame));
    }

    /** Adds the findings about a Dockerfile. */
    public static void warn(Run<?, ?> run, List<String> found) throws IOException {
        if (!found.isEmpty()) {
            keep(run, action -> {
                found.stream()
                        .filter(warning -> action.warnings.size() < MOST && !action.warnings.contains(warning))
                        .forEach(action.warnings::add);
                return true;
            });
        }
    }

    /** Adds the answers to calls about a Dockerfile of which no image was built. */
    public static void called(Run<?, ?> run, List<CallResult> asked) throws IOException {
        String json = CallResult.toJson(asked);
        keep(run, action -> addOnce(action.calls, json, json::equals));
    }

    private static boolean keep(Run<?, ?> run, Predicate<DerivedImageAction> change) throws IOException {
        boolean changed;
        synchronized (run) {
            DerivedImageAction action = run.getAction(DerivedImageAction.class);
            boolean first = action == null;
            if (first) {
                action = new DerivedImageAction();
            }
            synchronized (action) {
                changed = change.test(action);
            }
            if (first) {
                run.addAction(action);
            }
        }
        run.save();
        return changed;
    }

    private static <T> boolean addOnce(List<T> entries, T entry, Predicate<T> same) {
        return entries.size() < MOST && entries.stream().noneMatch(same) && entries.add(entry);
    }

    /** The images to show, in the order in which they were built. */
    @Exported(name = "images")
    @NonNull
    public synchronized List<BuiltImage> getBuilt() {
        return built.stream().filter(image -> image.record() != null).toList();
    }

    /** The records of the images, in the order in which they were built. */
    @NonNull
    public List<ImageRecord> getImages() {
        return getBuilt().stream().map(BuiltImage::record).toList();
    }

    /** The promotions, in order. */
    @Exported(name = "promotions")
    @NonNull
    public synchronized List<PromotedImage> getPromoted() {
        return List.copyOf(promoted);
    }

    /** The build of this job that built the promoted image; null if another job did. */
    @CheckForNull
    public Integer builtIn(PromotedImage image) {
        return ImageHistory.of(getRun().getParent())
                .built(image.getDigest())
                .map(HistoryEntry::build)
                .orElse(null);
    }

    /** Why images are missing. */
    @Exported
    public synchronized List<FailedImage> getFailures() {
        return List.copyOf(failures);
    }

    /** The findings about the Dockerfiles. */
    @Exported
    public synchronized List<String> getWarnings() {
        return List.copyOf(warnings);
    }

    /** The answers to calls about Dockerfiles of which no image was built. */
    @NonNull
    public synchronized List<CallResult> getCalls() {
        return calls.stream()
                .flatMap(json -> CallResult.fromJson(json).stream())
                .toList();
    }

    public Api getApi() {
        return new Api(this);
    }

    /** The run of this page. */
    public Run<?, ?> getRun() {
        return (Run<?, ?>) object;
    }

    /** Whether the user may see the run's artifacts. */
    public boolean canReadArtifacts() {
        return !Functions.isArtifactsPermissionEnabled() || getRun().hasPermission(Run.ARTIFACTS);
    }

    /** The differences to the image that the job built before with the same tag; empty if there was none. */
    public List<ImageChange> changes(BuiltImage image) {
        return ImageHistory.of(getRun().getParent())
                .before(getRun().getNumber(), image.first().tag())
                .map(before -> ImageChange.between(before, HistoryEntry.of(getRun().getNumber(), image)))
                .orElse(List.of());
    }

    /** The lines of the image's Dockerfile; empty if there is none, or the user may not see the artifacts. */
    public List<String> dockerfile(BuiltImage image) {
        if (!canReadArtifacts()) {
            return List.of();
        }
        VirtualFile file = getRun().getArtifactManager().root().child(image.dockerfile());
        try {
            if (!file.isFile() || file.length() > LARGEST) {
                return List.of();
            }
            try (InputStream text = file.open()) {
                return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The Dockerfile of an image could not be read", e);
            return List.of();
        }
    }

    @Override
    public void buildEnvironment(@NonNull Run<?, ?> run, @NonNull EnvVars env) {
        ImageVariables.put(env, getImages());
    }

    /** A formatted size such as 1.2 GB; empty if unknown. */
    public static String readable(Long bytes) {
        if (bytes == null) {
            return "";
        }
        return bytes < KILO ? bytes + " B" : ReadableSize.of(bytes);
    }

    /** A formatted duration in the language of the user. */
    public static String duration(long millis) {
        return Util.getTimeSpanString(millis);
    }

    @Override
    public void onAttached(Run<?, ?> attached) {
        object = attached;
    }

    @Override
    public void onLoad(Run<?, ?> loaded) {
        object = loaded;
    }

    @Override
    public String getIconFileName() {
        return "symbol-cube-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.derivedImages();
    }

    @Override
    public String getUrlName() {
        return "cvmfs-derived-images";
    }
}
