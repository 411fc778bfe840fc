package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Label;
import hudson.model.Result;
import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.config.AgentClient;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Builds that read the agent's own CVMFS, with the engine and the mounts that bin/test gives; nothing insecure is allowed. */
@WithJenkins
class HostAccessTest {
    private final String name = "it/host-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) throws Exception {
        String reason = System.getenv("TESTS_WITHOUT_ENGINE");
        assumeTrue(reason == null, reason);
        assumeTrue(System.getenv("HOST_CVMFS") != null, "no agent with its own CVMFS was given; bin/test plays one");
        jenkins = rule;
        jenkins.createOnlineSlave(Label.get("linux"));
        AgentClient agents = new AgentClient("linux", new ClientOptions());
        agents.setHostPath(System.getenv("HOST_CVMFS"));
        DerivedImageConfiguration.get().setAgentClients(List.of(agents));
    }

    private WorkflowRun build(Result result, String options) throws Exception {
        return Setting.run(
                jenkins,
                result,
                """
                node('linux') {
                    cvmfsDerivedImage(tags: ['%s:1'], strategy: 'commit', baseImage: '%s', mounts: 'cms.cern.ch',
                        setup: 'cp /cvmfs/cms.cern.ch/README ~/readme'%s)
                    sh 'docker image rm %s:1'
                }
                """.formatted(name, System.getenv("BASE_IMAGE"), options, name));
    }

    @Test
    void oneByTheAgentsCvmfsNeedsNoPermissionAndOneByTheClientIsRefused() throws Exception {
        WorkflowRun run = build(Result.SUCCESS, ", cvmfs: [access: 'host']");
        assertThat(run.getAction(DerivedImageAction.class).getImages().get(0).repositories())
                .singleElement()
                .satisfies(repository -> assertThat(repository.rootHash()).matches("[0-9a-f]{40}"));

        jenkins.assertLogContains("insecure policy: allowed", build(Result.FAILURE, ""));
    }

    @Test
    void theConfigurationPageAsksTheAgents() {
        AgentClient.DescriptorImpl form = jenkins.jenkins.getDescriptorByType(AgentClient.DescriptorImpl.class);

        FormValidation here = form.doTestAgents("linux", System.getenv("HOST_CVMFS"));
        assertThat(here.kind).as(here.getMessage()).isNotEqualTo(FormValidation.Kind.ERROR);
        assertThat(here.getMessage()).contains("can read");

        FormValidation nothing = form.doTestAgents("linux", "/srv/nowhere");
        assertThat(nothing.kind).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(nothing.getMessage()).contains("/srv/nowhere of this machine: nothing is mounted there", "Fix: ");

        assertThat(form.doTestAgents("windows", "").getMessage()).contains("No agent matches windows");
        assertThat(form.doTestAgents("a &&& b", "").kind).isEqualTo(FormValidation.Kind.ERROR);
    }

    @Test
    void theConfigurationDecidesForAgentsAndAutoSaysWhy() throws Exception {
        ClientOptions auto = new ClientOptions();
        auto.setAccess("auto");
        // What sets the base image's client up does not matter where it does not mount.
        auto.setHttpProxy("http://squid.example.org:3128");
        DerivedImageConfiguration.get().setCvmfs(auto);

        jenkins.assertLogContains(
                "CVMFS: access host, since the agent has cms.cern.ch mounted.", build(Result.SUCCESS, ""));
        jenkins.assertLogContains(
                "CVMFS: access client, since cvmfs: [quotaLimit: ...] needs it.",
                build(Result.FAILURE, ", cvmfs: [quotaLimit: '4000']"));
    }
}
