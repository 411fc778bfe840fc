package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** Options of one of several images for names, layers, caches and outputs. For null, the step's value applies. */
public abstract class EntrySettings extends EntrySecrets {
    private List<String> tags;
    private List<String> buildArgs;
    private List<String> labels;
    private List<String> annotations;
    private List<String> platforms;
    private List<String> buildContexts;
    private String cache;
    private List<String> cacheFrom;
    private List<String> cacheTo;
    private List<String> outputs;
    private Boolean load;
    private Boolean push;

    @CheckForNull
    public List<String> getTags() {
        return tags;
    }

    @DataBoundSetter
    public void setTags(List<String> tags) {
        this.tags = said(tags);
    }

    @CheckForNull
    public List<String> getBuildArgs() {
        return buildArgs;
    }

    @DataBoundSetter
    public void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = said(buildArgs);
    }

    @CheckForNull
    public List<String> getLabels() {
        return labels;
    }

    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = said(labels);
    }

    @CheckForNull
    public List<String> getAnnotations() {
        return annotations;
    }

    @DataBoundSetter
    public void setAnnotations(List<String> annotations) {
        this.annotations = said(annotations);
    }

    @CheckForNull
    public List<String> getPlatforms() {
        return platforms;
    }

    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = said(platforms);
    }

    @CheckForNull
    public List<String> getBuildContexts() {
        return buildContexts;
    }

    @DataBoundSetter
    public void setBuildContexts(List<String> buildContexts) {
        this.buildContexts = said(buildContexts);
    }

    @CheckForNull
    public String getCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(String cache) {
        this.cache = Util.fixEmpty(cache);
    }

    @CheckForNull
    public List<String> getCacheFrom() {
        return cacheFrom;
    }

    @DataBoundSetter
    public void setCacheFrom(List<String> cacheFrom) {
        this.cacheFrom = said(cacheFrom);
    }

    @CheckForNull
    public List<String> getCacheTo() {
        return cacheTo;
    }

    @DataBoundSetter
    public void setCacheTo(List<String> cacheTo) {
        this.cacheTo = said(cacheTo);
    }

    @CheckForNull
    public List<String> getOutputs() {
        return outputs;
    }

    @DataBoundSetter
    public void setOutputs(List<String> outputs) {
        this.outputs = said(outputs);
    }

    @CheckForNull
    public Boolean getLoad() {
        return load;
    }

    @DataBoundSetter
    public void setLoad(Boolean load) {
        this.load = load;
    }

    @CheckForNull
    public Boolean getPush() {
        return push;
    }

    @DataBoundSetter
    public void setPush(Boolean push) {
        this.push = push;
    }
}
