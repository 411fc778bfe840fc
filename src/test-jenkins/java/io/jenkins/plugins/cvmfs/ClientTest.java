package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.cvmfs.config.AgentClient;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.nio.file.Path;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** From where a build has its set-up of the CVMFS client. */
@WithJenkins
class ClientTest {
    @Test
    void theJobTakesPrecedenceOverTheAgentAndThatOverTheRest(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        new ScriptedDocker(directory).agent(jenkins);
        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        ClientOptions general = client("http://general:1", "1000");
        general.setPins(List.of("cms.cern.ch=tag:general", "atlas.cern.ch=tag:general"));
        general.setParameters(List.of("CVMFS_TIMEOUT=7"));
        configuration.setCvmfs(general);
        configuration.setAgentClients(List.of(
                new AgentClient("windows", client("http://elsewhere:1", "3000")), new AgentClient("linux && !windows", client("http://here:1", "2000"))));

        WorkflowRun run = Setting.run(jenkins, Result.SUCCESS, "node('linux') { cvmfsDerivedImage(tags: ['a'], setup: 'true', mounts: 'cms.cern.ch', "
                + "cvmfs: [quotaLimit: '4000'], dryRun: true) }");
        assertThat(run.getLog())
                .contains("CVMFS_HTTP_PROXY=http://here:1\n", "CVMFS_QUOTA_LIMIT=4000\n", "CVMFS_TIMEOUT=7\n", "CVMFS_REPOSITORY_TAG=general\n")
                .doesNotContain("atlas.cern.ch", "elsewhere");
    }

    private static ClientOptions client(String proxy, String quota) {
        ClientOptions options = new ClientOptions();
        options.setHttpProxy(proxy);
        options.setQuotaLimit(quota);
        return options;
    }
}
