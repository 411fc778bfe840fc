package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.TaskListener;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.yaml.YamlSource;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.harness.Everything;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** No option is lost on any of the ways by which options come in and are shown. */
@WithJenkins
class EveryOptionTest {
    private JenkinsRule jenkins;

    @BeforeEach
    void start(JenkinsRule rule) {
        jenkins = rule;
    }

    @Test
    void aStepIsWrittenAsItIsRead() throws Exception {
        CvmfsDerivedImageStep step = Everything.of(CvmfsDerivedImageStep.class);
        UninstantiatedDescribable written = DescribableModel.uninstantiate2_(step);
        assertThat(written.getArguments().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        DescribableModel.of(CvmfsDerivedImageStep.class).getParameters().stream().map(each -> each.getName()).toList());
        assertThat(Everything.text(written.instantiate(TaskListener.NULL))).isEqualTo(Everything.text(step));
        assertThat(Snippetizer.object2Groovy(step)).startsWith("cvmfsDerivedImage").contains(written.getArguments().keySet());
    }

    /** A form sends the fields of the chosen source alone. */
    @Test
    void theFormOfAJobKeepsThem() throws Exception {
        for (Group other : List.of(Group.DOCKERFILE, Group.SETUP)) {
            FreeStyleProject project = jenkins.createFreeStyleProject();
            CvmfsDerivedImageStep step = Everything.without(Everything.of(CvmfsDerivedImageStep.class), other);
            project.getBuildersList().add(new CvmfsDerivedImageBuilder(step));
            project = jenkins.configRoundtrip(project);
            assertThat(Everything.text(project.getBuildersList().get(CvmfsDerivedImageBuilder.class).getImage()))
                    .as("without %s", other).isEqualTo(Everything.text(step));
        }
    }

    @Test
    void theSystemPageKeepsThem() throws Exception {
        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        Everything.set(configuration);
        String before = exported();
        jenkins.configRoundtrip();
        assertThat(exported()).isEqualTo(before);

        configuration.load();
        assertThat(exported()).isEqualTo(before);
    }

    @Test
    void codeKeepsThem() throws Exception {
        DerivedImageConfiguration configuration = DerivedImageConfiguration.get();
        Everything.set(configuration);
        String code = exported();
        assertThat(code).contains("buildkitdFlags", "frontends", "folders", "registries");
        Everything.clear(configuration);
        assertThat(exported()).doesNotContain("frontends");

        ConfigurationAsCode.get().configureWith(YamlSource.of(new ByteArrayInputStream(code.getBytes(StandardCharsets.UTF_8))));
        assertThat(exported()).isEqualTo(code);
    }

    /** Ours of what is exported. */
    private static String exported() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(all);
        StringBuilder section = new StringBuilder("unclassified:\n");
        boolean ours = false;
        for (String line : all.toString(StandardCharsets.UTF_8).lines().toList()) {
            ours = line.equals("  cvmfsDerivedImages:") || (ours && line.startsWith("   "));
            section.append(ours ? line + "\n" : "");
        }
        return section.toString();
    }
}
