package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.cvmfs.secrets.BuildSecret;
import io.jenkins.plugins.cvmfs.secrets.SshKey;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Options for names, labels, layers, caches, secrets and outputs, as Jenkins binds and saves them.
 *
 * <p>{@link io.jenkins.plugins.cvmfs.engine.options.BuildTable} explains each option.
 */
public abstract class BuildSettings extends ContainerSettings {
    private String provenance;
    private String sbom;
    private List<String> call;
    private String ociMetadata;
    private List<String> tagRules;
    private List<String> buildArgs;
    private List<String> labels;
    private List<String> annotations;
    private List<String> platforms;
    private List<String> buildContexts;
    private String cache;
    private List<String> cacheFrom;
    private List<String> cacheTo;
    private List<String> ssh;
    private List<String> outputs;
    private List<String> noCacheFilters;
    private boolean noCache;
    private boolean pull;
    private List<BuildSecret> secrets;
    private List<SshKey> sshKeys;
    private String gitCredentialsId;

    @NonNull
    public List<String> getTagRules() {
        return orEmpty(tagRules);
    }

    @DataBoundSetter
    public void setTagRules(List<String> tagRules) {
        this.tagRules = copy(tagRules);
    }

    @CheckForNull
    public String getOciMetadata() {
        return ociMetadata;
    }

    @DataBoundSetter
    public void setOciMetadata(String ociMetadata) {
        this.ociMetadata = Util.fixEmpty(ociMetadata);
    }

    @CheckForNull
    public String getProvenance() {
        return provenance;
    }

    @DataBoundSetter
    public void setProvenance(String provenance) {
        this.provenance = Util.fixEmpty(provenance);
    }

    @CheckForNull
    public String getSbom() {
        return sbom;
    }

    @DataBoundSetter
    public void setSbom(String sbom) {
        this.sbom = Util.fixEmpty(sbom);
    }

    @NonNull
    public List<String> getCall() {
        return orEmpty(call);
    }

    @DataBoundSetter
    public void setCall(List<String> call) {
        this.call = copy(call);
    }

    @NonNull
    public List<String> getBuildArgs() {
        return orEmpty(buildArgs);
    }

    @DataBoundSetter
    public void setBuildArgs(List<String> buildArgs) {
        this.buildArgs = copy(buildArgs);
    }

    @NonNull
    public List<String> getLabels() {
        return orEmpty(labels);
    }

    @DataBoundSetter
    public void setLabels(List<String> labels) {
        this.labels = copy(labels);
    }

    @NonNull
    public List<String> getAnnotations() {
        return orEmpty(annotations);
    }

    @DataBoundSetter
    public void setAnnotations(List<String> annotations) {
        this.annotations = copy(annotations);
    }

    @NonNull
    public List<String> getPlatforms() {
        return orEmpty(platforms);
    }

    @DataBoundSetter
    public void setPlatforms(List<String> platforms) {
        this.platforms = copy(platforms);
    }

    @NonNull
    public List<String> getBuildContexts() {
        return orEmpty(buildContexts);
    }

    @DataBoundSetter
    public void setBuildContexts(List<String> buildContexts) {
        this.buildContexts = copy(buildContexts);
    }

    @CheckForNull
    public String getCache() {
        return cache;
    }

    @DataBoundSetter
    public void setCache(String cache) {
        this.cache = Util.fixEmpty(cache);
    }

    @NonNull
    public List<String> getCacheFrom() {
        return orEmpty(cacheFrom);
    }

    @DataBoundSetter
    public void setCacheFrom(List<String> cacheFrom) {
        this.cacheFrom = copy(cacheFrom);
    }

    @NonNull
    public List<String> getCacheTo() {
        return orEmpty(cacheTo);
    }

    @DataBoundSetter
    public void setCacheTo(List<String> cacheTo) {
        this.cacheTo = copy(cacheTo);
    }

    @NonNull
    public List<String> getSsh() {
        return orEmpty(ssh);
    }

    @DataBoundSetter
    public void setSsh(List<String> ssh) {
        this.ssh = copy(ssh);
    }

    @NonNull
    public List<String> getOutputs() {
        return orEmpty(outputs);
    }

    @DataBoundSetter
    public void setOutputs(List<String> outputs) {
        this.outputs = copy(outputs);
    }

    @NonNull
    public List<String> getNoCacheFilters() {
        return orEmpty(noCacheFilters);
    }

    @DataBoundSetter
    public void setNoCacheFilters(List<String> noCacheFilters) {
        this.noCacheFilters = copy(noCacheFilters);
    }

    public boolean isNoCache() {
        return noCache;
    }

    @DataBoundSetter
    public void setNoCache(boolean noCache) {
        this.noCache = noCache;
    }

    public boolean isPull() {
        return pull;
    }

    @DataBoundSetter
    public void setPull(boolean pull) {
        this.pull = pull;
    }

    @NonNull
    public List<BuildSecret> getSecrets() {
        return orEmpty(secrets);
    }

    @DataBoundSetter
    public void setSecrets(List<BuildSecret> secrets) {
        this.secrets = copy(secrets);
    }

    @CheckForNull
    public String getGitCredentialsId() {
        return gitCredentialsId;
    }

    @DataBoundSetter
    public void setGitCredentialsId(String gitCredentialsId) {
        this.gitCredentialsId = Util.fixEmpty(gitCredentialsId);
    }

    @NonNull
    public List<SshKey> getSshKeys() {
        return orEmpty(sshKeys);
    }

    @DataBoundSetter
    public void setSshKeys(List<SshKey> sshKeys) {
        this.sshKeys = copy(sshKeys);
    }
}
