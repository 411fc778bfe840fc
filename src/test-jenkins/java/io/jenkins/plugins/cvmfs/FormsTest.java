package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.harness.Everything;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is not given stays so in forms; {@link EveryOptionTest} has what is given. */
@WithJenkins
class FormsTest {
    @Test
    void aJobKeepsThatOptionsAreNotGiven(JenkinsRule jenkins) throws Exception {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a"));
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));
        project = jenkins.configRoundtrip(project);
        assertThat(Everything.text(project.getBuildersList().get(CvmfsDerivedImageBuilder.class).getImage())).isEqualTo(Everything.text(step));
    }

    @Test
    void theSystemPageKeepsThatNothingIsConfigured(JenkinsRule jenkins) throws Exception {
        DerivedImageConfiguration.get().setBuilder(null);
        DerivedImageConfiguration.get().setRegistries(List.of());
        jenkins.configRoundtrip();
        assertThat(DerivedImageConfiguration.get().getRegistries()).isEmpty();
        assertThat(DerivedImageConfiguration.get().getBuilder()).isNull();
    }
}
