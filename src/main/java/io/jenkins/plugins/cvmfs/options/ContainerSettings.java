package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Util;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * Options for the containers of a build, their rights, and the image's attestations, as Jenkins binds and saves them.
 *
 * <p>{@link io.jenkins.plugins.cvmfs.engine.options.ContainerTable} and
 * {@link io.jenkins.plugins.cvmfs.engine.options.ControlTable} explain each option.
 */
public abstract class ContainerSettings extends SeveralSettings {
    private String network;
    private String shmSize;
    private String cgroupParent;
    private List<String> addHosts;
    private List<String> ulimits;
    private List<String> resources;
    private List<String> allow;
    private List<String> policy;
    private List<String> attests;
    private boolean recordOutputs;
    private boolean recordManifest;
    private boolean archiveOutputs;
    private boolean buildRecord;
    private String toolName;

    /** The name of a Docker installation, or null for the docker of the agent's PATH. */
    @CheckForNull
    public String getToolName() {
        return toolName;
    }

    @DataBoundSetter
    public void setToolName(String toolName) {
        this.toolName = Util.fixEmpty(toolName);
    }

    @CheckForNull
    public String getNetwork() {
        return network;
    }

    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = Util.fixEmpty(network);
    }

    @CheckForNull
    public String getShmSize() {
        return shmSize;
    }

    @DataBoundSetter
    public void setShmSize(String shmSize) {
        this.shmSize = Util.fixEmpty(shmSize);
    }

    @CheckForNull
    public String getCgroupParent() {
        return cgroupParent;
    }

    @DataBoundSetter
    public void setCgroupParent(String cgroupParent) {
        this.cgroupParent = Util.fixEmpty(cgroupParent);
    }

    @NonNull
    public List<String> getAddHosts() {
        return orEmpty(addHosts);
    }

    @DataBoundSetter
    public void setAddHosts(List<String> addHosts) {
        this.addHosts = copy(addHosts);
    }

    @NonNull
    public List<String> getUlimits() {
        return orEmpty(ulimits);
    }

    @DataBoundSetter
    public void setUlimits(List<String> ulimits) {
        this.ulimits = copy(ulimits);
    }

    @NonNull
    public List<String> getResources() {
        return orEmpty(resources);
    }

    @DataBoundSetter
    public void setResources(List<String> resources) {
        this.resources = copy(resources);
    }

    @NonNull
    public List<String> getAllow() {
        return orEmpty(allow);
    }

    @DataBoundSetter
    public void setAllow(List<String> allow) {
        this.allow = copy(allow);
    }

    @NonNull
    public List<String> getPolicy() {
        return orEmpty(policy);
    }

    @DataBoundSetter
    public void setPolicy(List<String> policy) {
        this.policy = copy(policy);
    }

    @NonNull
    public List<String> getAttests() {
        return orEmpty(attests);
    }

    @DataBoundSetter
    public void setAttests(List<String> attests) {
        this.attests = copy(attests);
    }

    public boolean isArchiveOutputs() {
        return archiveOutputs;
    }

    @DataBoundSetter
    public void setArchiveOutputs(boolean archiveOutputs) {
        this.archiveOutputs = archiveOutputs;
    }

    public boolean isBuildRecord() {
        return buildRecord;
    }

    @DataBoundSetter
    public void setBuildRecord(boolean buildRecord) {
        this.buildRecord = buildRecord;
    }

    public boolean isRecordOutputs() {
        return recordOutputs;
    }

    @DataBoundSetter
    public void setRecordOutputs(boolean recordOutputs) {
        this.recordOutputs = recordOutputs;
    }

    public boolean isRecordManifest() {
        return recordManifest;
    }

    @DataBoundSetter
    public void setRecordManifest(boolean recordManifest) {
        this.recordManifest = recordManifest;
    }
}
