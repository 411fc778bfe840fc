package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.config.Lines;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The options of a derived image as Jenkins binds and saves them. The step extends this class; the freestyle builder
 * contains a step.
 *
 * <p>{@link io.jenkins.plugins.cvmfs.engine.options.OptionTable} explains each option. A null means the configured or
 * general default.
 */
public abstract class ImageOptions extends BuildSettings {
    private final List<String> tags;
    private String dockerfile;
    private String context;
    private String target;
    private String setup;
    private String setupFile;
    private String setupUrl;
    private String setupSha256;
    private String baseImage;
    private String strategy;
    private String mounts;
    private String uid;
    private String gid;
    private String credentialsId;
    private Boolean load;
    private boolean push;
    private Boolean insecure;
    private Boolean wipeCache;
    private String smokeTest;
    private Boolean dockerfileChecks;
    private boolean dryRun;
    private BuilderOptions builder;
    private ClientOptions cvmfs;

    /** @param tags the tags of the image */
    protected ImageOptions(List<String> tags) {
        this.tags = copy(tags);
    }

    @NonNull
    public List<String> getTags() {
        return orEmpty(tags);
    }

    @CheckForNull
    public String getDockerfile() {
        return dockerfile;
    }

    @DataBoundSetter
    public void setDockerfile(String dockerfile) {
        this.dockerfile = Util.fixEmpty(dockerfile);
    }

    @CheckForNull
    public String getContext() {
        return context;
    }

    @DataBoundSetter
    public void setContext(String context) {
        this.context = Util.fixEmpty(context);
    }

    @CheckForNull
    public String getTarget() {
        return target;
    }

    @DataBoundSetter
    public void setTarget(String target) {
        this.target = Util.fixEmpty(target);
    }

    @CheckForNull
    public String getSetup() {
        return setup;
    }

    @DataBoundSetter
    public void setSetup(String setup) {
        this.setup = Util.fixEmpty(setup);
    }

    @CheckForNull
    public String getSetupFile() {
        return setupFile;
    }

    @DataBoundSetter
    public void setSetupFile(String setupFile) {
        this.setupFile = Util.fixEmpty(setupFile);
    }

    @CheckForNull
    public String getSetupUrl() {
        return setupUrl;
    }

    @DataBoundSetter
    public void setSetupUrl(String setupUrl) {
        this.setupUrl = Util.fixEmpty(setupUrl);
    }

    @CheckForNull
    public String getSetupSha256() {
        return setupSha256;
    }

    @DataBoundSetter
    public void setSetupSha256(String setupSha256) {
        this.setupSha256 = Util.fixEmpty(setupSha256);
    }

    @CheckForNull
    public String getBaseImage() {
        return baseImage;
    }

    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmpty(baseImage);
    }

    @CheckForNull
    public String getStrategy() {
        return strategy;
    }

    @DataBoundSetter
    public void setStrategy(String strategy) {
        this.strategy = Util.fixEmpty(strategy);
    }

    @CheckForNull
    public String getMounts() {
        return mounts;
    }

    @DataBoundSetter
    public void setMounts(String mounts) {
        this.mounts = Lines.words(mounts);
    }

    @CheckForNull
    public String getUid() {
        return uid;
    }

    @DataBoundSetter
    public void setUid(String uid) {
        this.uid = Util.fixEmpty(uid);
    }

    @CheckForNull
    public String getGid() {
        return gid;
    }

    @DataBoundSetter
    public void setGid(String gid) {
        this.gid = Util.fixEmpty(gid);
    }

    @CheckForNull
    public String getCredentialsId() {
        return Util.fixEmpty(credentialsId);
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmpty(credentialsId);
    }

    @CheckForNull
    public Boolean getLoad() {
        return load;
    }

    @DataBoundSetter
    public void setLoad(Boolean load) {
        this.load = load;
    }

    public boolean isPush() {
        return push;
    }

    @DataBoundSetter
    public void setPush(boolean push) {
        this.push = push;
    }

    public boolean isInsecure() {
        return insecure == null || insecure;
    }

    @DataBoundSetter
    public void setInsecure(boolean insecure) {
        this.insecure = insecure;
    }

    public boolean isWipeCache() {
        return wipeCache == null || wipeCache;
    }

    @DataBoundSetter
    public void setWipeCache(boolean wipeCache) {
        this.wipeCache = wipeCache;
    }

    /** A command that must succeed in a container of the image before it is published. */
    @CheckForNull
    public String getSmokeTest() {
        return smokeTest;
    }

    @DataBoundSetter
    public void setSmokeTest(String smokeTest) {
        this.smokeTest = Util.fixEmpty(smokeTest);
    }

    public boolean isDockerfileChecks() {
        return dockerfileChecks == null || dockerfileChecks;
    }

    @DataBoundSetter
    public void setDockerfileChecks(boolean dockerfileChecks) {
        this.dockerfileChecks = dockerfileChecks;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    @CheckForNull
    public BuilderOptions getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(BuilderOptions builder) {
        this.builder = builder;
    }

    @CheckForNull
    public ClientOptions getCvmfs() {
        return cvmfs;
    }

    @DataBoundSetter
    public void setCvmfs(ClientOptions cvmfs) {
        this.cvmfs = cvmfs;
    }
}
