package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.Registry;
import io.jenkins.plugins.cvmfs.harness.Everything;
import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
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
    void repositoriesAreLinesOnAFormAndWordsOtherwise(JenkinsRule jenkins) throws Exception {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a"));
        step.setMounts("cms.cern.ch  oasis.opensciencegrid.org");
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));
        HtmlPage page = jenkins.createWebClient().getPage(project, "configure");
        HtmlTextArea area = page.querySelector("textarea[name='_.mounts']");
        assertThat(area.getText()).isEqualTo("cms.cern.ch\noasis.opensciencegrid.org");

        area.setText("cms.cern.ch\n\natlas.cern.ch\n");
        jenkins.submit(page.getFormByName("config"));
        assertThat(project.getBuildersList().get(CvmfsDerivedImageBuilder.class).getImage().getMounts()).isEqualTo("cms.cern.ch atlas.cern.ch");
    }

    @Test
    void aNewRegistryShowsNoMistakeBeforeItHasAUrlButCannotBeSavedWithoutOne(JenkinsRule jenkins) throws Exception {
        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        configuration.setRegistries(List.of(new Registry("registry.example.org", null), new Registry("", null)));
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.setThrowExceptionOnFailingStatusCode(false);
        HtmlPage page = client.goTo("manage/configure");
        client.waitForBackgroundJavaScript(5000);
        assertThat(page.getBody().getTextContent()).doesNotContain("Invalid url");
        configuration.setRegistries(List.of());

        HtmlPage refused = (HtmlPage) jenkins.submit(page.getFormByName("config"));
        assertThat(refused.getBody().getTextContent()).contains("Invalid url ''");
        assertThat(configuration.getRegistries()).isEmpty();
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
