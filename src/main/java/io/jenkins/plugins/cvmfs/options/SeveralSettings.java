package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Several images in one call, as Jenkins binds and saves them.
 *
 * <p>{@link io.jenkins.plugins.cvmfs.engine.options.SeveralTable} explains each option.
 */
public abstract class SeveralSettings extends Step {
    private List<ImageEntry> images;
    private String parallel;
    private boolean pushTogether;

    /** The images; empty if the step itself describes one. */
    @NonNull
    public List<ImageEntry> getImages() {
        return orEmpty(images);
    }

    /** The image of that name; empty for the only one of a step. */
    public final Optional<ImageEntry> image(String name) {
        return getImages().stream()
                .filter(entry -> name.equals(entry.getName()))
                .findFirst();
    }

    @DataBoundSetter
    public void setImages(List<ImageEntry> images) {
        this.images = copy(images);
    }

    @CheckForNull
    public String getParallel() {
        return parallel;
    }

    @DataBoundSetter
    public void setParallel(String parallel) {
        this.parallel = Util.fixEmptyAndTrim(parallel);
    }

    public boolean isPushTogether() {
        return pushTogether;
    }

    @DataBoundSetter
    public void setPushTogether(boolean pushTogether) {
        this.pushTogether = pushTogether;
    }

    static <T> List<T> copy(List<T> values) {
        return values == null ? new ArrayList<>() : new ArrayList<>(values);
    }

    static <T> List<T> orEmpty(List<T> values) {
        return values == null ? new ArrayList<>() : values;
    }
}
