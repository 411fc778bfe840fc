package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Label;
import hudson.model.Node;
import hudson.util.FormValidation;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Where builds may have the root-like power that mounting CVMFS takes. Nowhere, until an administrator says so. */
public final class InsecurePolicy implements Describable<InsecurePolicy> {
    private static final String WHO = " An administrator can change this under Manage Jenkins, System, CVMFS derived images.";

    private boolean allowed;
    private String agents;
    private boolean builtInNode;

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

    /** Why a build may not be insecure on a node; empty if it may. */
    public Optional<String> refusal(Node node) {
        if (!allowed) {
            return Optional.of("Insecure builds are not allowed on this Jenkins (insecure policy: allowed)." + WHO);
        }
        if (node instanceof Jenkins) {
            return builtInNode
                    ? Optional.empty()
                    : Optional.of("Insecure builds are not allowed on the built-in node (insecure policy: builtInNode)." + WHO);
        }
        if (agents == null) {
            return Optional.empty();
        }
        boolean matches = node != null && Label.parseExpression(agents).matches(node);
        return matches
                ? Optional.empty()
                : Optional.of("Insecure builds are allowed only on agents that match '" + agents + "', which "
                        + (node == null ? "this one" : node.getDisplayName()) + " does not (insecure policy: agents)." + WHO);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<InsecurePolicy> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.policy();
        }

        @POST
        public FormValidation doCheckAgents(@QueryParameter String value) {
            if (!Jenkins.get().hasPermission(Jenkins.ADMINISTER) || Util.fixEmptyAndTrim(value) == null) {
                return FormValidation.ok();
            }
            try {
                Label.parseExpression(value.trim());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error("agents is '%s': a label expression is allowed, such as linux && cvmfs", value);
            }
        }
    }
}
