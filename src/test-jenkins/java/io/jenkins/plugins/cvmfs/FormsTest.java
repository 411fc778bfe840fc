package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.XmlFile;
import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.InsecurePolicy;
import io.jenkins.plugins.cvmfs.config.Registry;
import java.io.File;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What forms show is what they save. */
@WithJenkins
class FormsTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void aJobKeepsEveryOption() throws Exception {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a:1", "reg.example.org/b:2"));
        step.setMounts("cms.cern.ch");
        step.setContext("sub");
        step.setDockerfile("D");
        step.setTarget("t");
        step.setPush(true);
        step.setLoad(Boolean.FALSE);
        step.setBuildArgs(List.of("A=1", "B=x y"));
        step.setLabels(List.of("k=v"));
        step.setSecrets(List.of(new BuildSecret("id", "")));
        step.setInsecure(false);
        step.setNoCache(true);
        step.setUid("12");
        step.setPlatforms(List.of("linux/amd64"));
        step.setWipeCache(false);
        step.setSetup("a\n  b\n");
        step.setStrategy("commit");
        BuilderOptions builder = new BuilderOptions();
        builder.setName("n");
        builder.setDriver("docker");
        builder.setKeep(false);
        builder.setDriverOpts(List.of("network=host", "x=y"));
        builder.setBuildkitdConfig("[a]\n  b=1");
        step.setBuilder(builder);
        assertKept(step);
    }

    @Test
    void aJobKeepsThatOptionsAreNotGiven() throws Exception {
        assertKept(new CvmfsDerivedImageStep(List.of("a")));
    }

    private void assertKept(CvmfsDerivedImageStep step) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));
        project.save();
        String before = project.getConfigFile().asString();
        project = jenkins.configRoundtrip(project);
        assertThat(essence(project.getConfigFile().asString())).isEqualTo(essence(before));
    }

    @Test
    void theSystemPageKeepsTheConfiguration() throws Exception {
        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        configuration.setRegistries(List.of(new Registry("reg.example.org", ""), new Registry("docker.io", "")));
        configuration.setMounts("cms.cern.ch");
        configuration.setBaseImage("b:1");
        BuilderOptions builder = new BuilderOptions();
        builder.setDriverOpts(List.of("network=host", "a=b"));
        builder.setBuildkitdFlags(List.of());
        configuration.setBuilder(builder);
        InsecurePolicy policy = new InsecurePolicy();
        policy.setAllowed(true);
        policy.setAgents("linux && x");
        configuration.setPolicy(policy);
        configuration.save();
        String before = saved();

        jenkins.configRoundtrip();
        assertThat(essence(saved())).isEqualTo(essence(before));

        configuration.load();
        assertThat(configuration.getRegistries()).extracting(Registry::getUrl).containsExactly("reg.example.org", "docker.io");
        assertThat(configuration.getPolicy().getAgents()).isEqualTo("linux && x");
    }

    @Test
    void theSystemPageKeepsThatNothingIsConfigured() throws Exception {
        DerivedImageConfiguration.get().setBuilder(null);
        DerivedImageConfiguration.get().setRegistries(List.of());
        jenkins.configRoundtrip();
        assertThat(DerivedImageConfiguration.get().getRegistries()).isEmpty();
        assertThat(DerivedImageConfiguration.get().getBuilder()).isNull();
    }

    private String saved() throws Exception {
        return new XmlFile(new File(jenkins.jenkins.getRootDir(), DerivedImageConfiguration.get().getId() + ".xml")).asString();
    }

    /** Without what a form gives a job besides, and without the difference between empty and not there. */
    private static String essence(String xml) {
        return xml.replaceAll("\\s*<\\w+/>", "")
                .replaceAll("\\s*<description></description>|<canRoam>\\w+</canRoam>|<credentialsId></credentialsId>", "")
                .replaceAll("\\s+", " ");
    }
}
