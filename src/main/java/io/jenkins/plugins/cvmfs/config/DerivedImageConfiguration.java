package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Node;
import hudson.model.PersistentDescriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import jenkins.model.GlobalConfiguration;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The section "CVMFS derived images" of the system configuration. */
@Extension
@Symbol("cvmfsDerivedImages")
public final class DerivedImageConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    private static final Map<String, Class<?>> NESTED =
            Map.of("builder", BuilderOptions.class, "cvmfs", ClientOptions.class);

    private List<Registry> registries = new ArrayList<>();
    private String baseImage;
    private String mounts;
    private BuilderOptions builder;
    private ClientOptions cvmfs;
    private String hostPath;
    private List<AgentClient> agentClients;
    private InsecurePolicy policy;

    /** The configuration of this Jenkins. */
    public static DerivedImageConfiguration get() {
        return ExtensionList.lookupSingleton(DerivedImageConfiguration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return Messages.configuration();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        refuse(Registry.wrongUrl(form.get("registries")));
        // An empty list and an unticked check box are missing from the form.
        registries = new ArrayList<>();
        agentClients = null;
        builder = null;
        cvmfs = null;
        request.bindJSON(this, Lines.splitIn(form, NESTED));
        save();
        return true;
    }

    private static void refuse(Optional<String> wrong) throws FormException {
        if (wrong.isPresent()) {
            throw new FormException(wrong.get(), "registries");
        }
    }

    /** The text of a text area with one repository per line. */
    public String repositories() {
        return Lines.ofWords(mounts);
    }

    @NonNull
    public List<Registry> getRegistries() {
        return registries;
    }

    @DataBoundSetter
    public void setRegistries(List<Registry> registries) {
        this.registries = new ArrayList<>(registries);
        save();
    }

    @CheckForNull
    public String getBaseImage() {
        return baseImage;
    }

    @DataBoundSetter
    public void setBaseImage(String baseImage) {
        this.baseImage = Util.fixEmptyAndTrim(baseImage);
        save();
    }

    @CheckForNull
    public String getMounts() {
        return mounts;
    }

    @DataBoundSetter
    public void setMounts(String mounts) {
        this.mounts = Lines.words(mounts);
        save();
    }

    @CheckForNull
    public BuilderOptions getBuilder() {
        return builder;
    }

    @DataBoundSetter
    public void setBuilder(BuilderOptions builder) {
        this.builder = builder;
        save();
    }

    @CheckForNull
    public ClientOptions getCvmfs() {
        return cvmfs;
    }

    @DataBoundSetter
    public void setCvmfs(ClientOptions cvmfs) {
        this.cvmfs = cvmfs;
        save();
    }

    @CheckForNull
    public String getHostPath() {
        return hostPath;
    }

    /** The directory of the agents' own CVMFS. */
    @DataBoundSetter
    public void setHostPath(String hostPath) {
        this.hostPath = Util.fixEmptyAndTrim(hostPath);
        save();
    }

    /**
     * The directory of an agent's own CVMFS.
     *
     * @param node the agent, or null
     * @return null for the default
     */
    @CheckForNull
    public String hostPath(Node node) {
        return getAgentClients().stream()
                .filter(agents -> agents.getHostPath() != null && agents.matches(node))
                .map(AgentClient::getHostPath)
                .findFirst()
                .orElse(hostPath);
    }

    @NonNull
    public List<AgentClient> getAgentClients() {
        return agentClients == null ? new ArrayList<>() : agentClients;
    }

    @DataBoundSetter
    public void setAgentClients(List<AgentClient> agentClients) {
        this.agentClients = new ArrayList<>(agentClients);
        save();
    }

    /** The first invalid label expression of agents' settings, which would otherwise silently have no effect. */
    public Optional<String> unreadableExpression() {
        return getAgentClients().stream()
                .map(AgentClient::getAgents)
                .filter(agents ->
                        agents != null && LabelExpression.parse(agents).isEmpty())
                .findFirst();
    }

    /**
     * The settings of the CVMFS client for a build, unless the job overrides them.
     *
     * @param node where the build runs, or null
     * @param mounted whether a repository is mounted; a pin for all jobs applies only if it is
     */
    public ClientOptions client(Node node, Predicate<String> mounted) {
        ClientOptions general = new ClientOptions();
        for (AgentClient agents : getAgentClients()) {
            general = agents.matches(node) ? general.over(agents.getCvmfs()) : general;
        }
        general = cvmfs == null ? general : general.over(cvmfs);
        general.setPins(general.getPins().stream()
                .filter(pin -> mounted.test(ClientOptions.name(pin)))
                .toList());
        return general;
    }

    @NonNull
    public InsecurePolicy getPolicy() {
        return policy == null ? new InsecurePolicy() : policy;
    }

    @DataBoundSetter
    public void setPolicy(InsecurePolicy policy) {
        this.policy = policy;
        save();
    }

    @POST
    public FormValidation doCheckBaseImage(@QueryParameter String value) {
        return FieldCheck.of(null, Place.STEP, ImageTable.BASE_IMAGE.name(), value);
    }

    @POST
    public FormValidation doCheckHostPath(@QueryParameter String value) {
        return HostPath.check(value);
    }

    @POST
    public FormValidation doCheckMounts(@QueryParameter String value) {
        return FieldCheck.of(null, Place.STEP, ImageTable.MOUNTS.name(), value);
    }
}
