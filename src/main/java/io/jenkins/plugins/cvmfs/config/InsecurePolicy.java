package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.util.FormValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where builds may have the root-like power that mounting CVMFS needs. Nowhere, until an administrator allows it. */
public final class InsecurePolicy implements Describable<InsecurePolicy> {
    private static final String WHO =
            " An administrator can change this under Manage Jenkins, System, CVMFS derived images.";

    private boolean allowed;
    private String agents;
    private boolean builtInNode;
    private List<String> folders;
    private List<String> frontends;
    private boolean hostNetwork;
    private boolean builderSettings;
    private boolean engineVariables;

    @DataBoundConstructor
    public InsecurePolicy() {
        // Everything is refused unless it is set.
    }

    public boolean isAllowed() {
        return allowed;
    }

    @DataBoundSetter
    public void setAllowed(boolean allowed) {
        this.allowed = allowed;
    }

    @CheckForNull
    public String getAgents() {
        return agents;
    }

    /** A label expression that an agent must match; empty for every agent. */
    @DataBoundSetter
    public void setAgents(String agents) {
        this.agents = Util.fixEmptyAndTrim(agents);
    }

    public boolean isBuiltInNode() {
        return builtInNode;
    }

    @DataBoundSetter
    public void setBuiltInNode(boolean builtInNode) {
        this.builtInNode = builtInNode;
    }

    @NonNull
    public List<String> getFolders() {
        return folders == null ? new ArrayList<>() : folders;
    }

    /** Full names of folders or jobs; {@code *} matches any part of one name. Empty for every job. */
    @DataBoundSetter
    public void setFolders(List<String> folders) {
        this.folders = Lines.of(folders);
    }

    @NonNull
    public List<String> getFrontends() {
        return frontends == null ? new ArrayList<>() : frontends;
    }

    /** The frontends that may read the Dockerfile of an insecure build; empty for docker's own, {@code *} for any. */
    @DataBoundSetter
    public void setFrontends(List<String> frontends) {
        this.frontends = Lines.of(frontends);
    }

    public boolean isHostNetwork() {
        return hostNetwork;
    }

    /** Whether a job may use the network of the machine that builds. */
    @DataBoundSetter
    public void setHostNetwork(boolean hostNetwork) {
        this.hostNetwork = hostNetwork;
    }

    public boolean isBuilderSettings() {
        return builderSettings;
    }

    /**
     * Whether a job may define what BuildKit runs and where. BuildKit runs privileged even for builds that are not
     * insecure.
     */
    @DataBoundSetter
    public void setBuilderSettings(boolean builderSettings) {
        this.builderSettings = builderSettings;
    }

    public boolean isEngineVariables() {
        return engineVariables;
    }

    /** Whether a job's environment may direct an insecure build to an engine or builder other than the agent's. */
    @DataBoundSetter
    public void setEngineVariables(boolean engineVariables) {
        this.engineVariables = engineVariables;
    }

    /**
     * The reason why a build is refused; empty if it is allowed.
     *
     * @param build what it asks for
     * @param node where the build runs
     */
    public Optional<String> refusal(AskedPowers build, Node node) {
        Optional<String> refusal = Optional.empty();
        if (build.insecure()) {
            refusal = place(node)
                    .or(() -> build.refusedFolder(getFolders()))
                    .or(() -> build.refusedFrontend(getFrontends()))
                    .or(() -> unless(engineVariables, build.refusedVariables()))
                    // A build that needs no mount need not be insecure.
                    .map(text -> text + WHO + build.otherwise());
        }
        return refusal.or(() -> unless(hostNetwork, build.refusedNetwork()).map(text -> text + WHO))
                .or(() -> unless(builderSettings, build.refusedBuilder()).map(text -> text + WHO));
    }

    /**
     * Why a promotion is refused; empty if it is allowed. The engine or builder decides how buildx reaches the
     * registries to which it sends logins.
     *
     * @param changed names of the {@link EngineVariables} that the job changes
     */
    public Optional<String> promotionRefusal(List<String> changed) {
        return unless(engineVariables, EngineVariables.refusal(changed, "images are promoted with"))
                .map(text -> text + WHO);
    }

    private static Optional<String> unless(boolean allowed, Optional<String> refusal) {
        return allowed ? Optional.empty() : refusal;
    }

    private Optional<String> place(Node node) {
        if (!allowed) {
            return Optional.of("Insecure builds are not allowed on this Jenkins (insecure policy: allowed).");
        }
        if (node == null) {
            return Optional.of("The agent of this build is no longer part of this Jenkins, so it is not known whether "
                    + "insecure builds are allowed on it (insecure policy: agents, builtInNode).");
        }
        if (node instanceof Jenkins) {
            return builtInNode
                    ? Optional.empty()
                    : Optional.of(
                            "Insecure builds are not allowed on the built-in node (insecure policy: builtInNode).");
        }
        if (agents == null || LabelExpression.matches(agents, node)) {
            return Optional.empty();
        }
        return Optional.of(
                LabelExpression.parse(agents).isPresent()
                        ? "Insecure builds are allowed only on agents that match '" + agents + "', which "
                                + node.getDisplayName() + " does not (insecure policy: agents)."
                        : "Insecure builds are allowed on no agent, because '" + agents
                                + "' is not a label expression (insecure policy: agents).");
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<InsecurePolicy> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.policy();
        }

        /** The lines of a text area. */
        public String lines(List<String> values) {
            return Lines.join(values);
        }

        @POST
        public FormValidation doCheckAgents(@QueryParameter String value) {
            return LabelExpression.check("agents", value);
        }

        @POST
        public FormValidation doCheckFrontends(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                return FormValidation.ok();
            }
            String bad = Lines.of(List.of(value)).stream()
                    .filter(entry -> !FrontendRule.isEntry(entry))
                    .collect(Collectors.joining(", "));
            return bad.isEmpty()
                    ? FormValidation.ok()
                    : FormValidation.error(
                            "Invalid frontends '%s': expected * or the name of an image, such as docker/dockerfile",
                            bad);
        }
    }
}
