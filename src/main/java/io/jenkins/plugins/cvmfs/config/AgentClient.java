package io.jenkins.plugins.cvmfs.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Node;
import hudson.util.FormValidation;
import java.util.Objects;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** Settings of the CVMFS client on some agents, such as the proxy of a site. */
public final class AgentClient implements Describable<AgentClient> {
    private final String agents;
    private final ClientOptions cvmfs;
    private String hostPath;

    /**
     * @param agents a label expression
     * @param cvmfs settings for agents that match it
     */
    @DataBoundConstructor
    public AgentClient(String agents, ClientOptions cvmfs) {
        this.agents = Util.fixEmptyAndTrim(agents);
        this.cvmfs = Objects.requireNonNullElseGet(cvmfs, ClientOptions::new);
    }

    public String getAgents() {
        return agents;
    }

    @NonNull
    public ClientOptions getCvmfs() {
        return cvmfs;
    }

    @CheckForNull
    public String getHostPath() {
        return hostPath;
    }

    /** The directory of the agents' own CVMFS. */
    @DataBoundSetter
    public void setHostPath(String hostPath) {
        this.hostPath = Util.fixEmptyAndTrim(hostPath);
    }

    boolean matches(Node node) {
        return agents != null && node != null && LabelExpression.matches(agents, node);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<AgentClient> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.agentClient();
        }

        @POST
        public FormValidation doCheckAgents(@QueryParameter String value) {
            return LabelExpression.check("agents", value);
        }

        /** Whether builds on these agents can read their own CVMFS. */
        @POST
        public FormValidation doTestAgents(@QueryParameter String agents, @QueryParameter String hostPath) {
            return AgentsCheck.of(agents, hostPath);
        }

        @POST
        public FormValidation doCheckHostPath(@QueryParameter String value) {
            return HostPath.check(value);
        }
    }
}
