package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Result;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.net.URL;
import java.nio.file.Path;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page on which a step is put together. */
@WithJenkins
class SnippetGeneratorTest {
    @Test
    void theGeneratedStepRuns(JenkinsRule jenkins, @TempDir Path directory) throws Exception {
        String snippet = generate(
                jenkins,
                new JSONObject()
                        .element("tags", "example.org/a:1\nb:2\n")
                        .element("setup", "echo \"it's\" $HOME\n")
                        .element("labels", "title=a 'b' $c")
                        .element("strategy", "")
                        .element("load", "")
                        .element("insecure", true)
                        .element("wipeCache", true)
                        .element("push", true));
        assertThat(snippet)
                .startsWith("cvmfsDerivedImage ")
                .contains("tags: ['example.org/a:1', 'b:2']", "push: true")
                .doesNotContain("load", "strategy", "noCache", "insecure", "wipeCache", "builder");

        ScriptedDocker docker = new ScriptedDocker(directory);
        docker.agent(jenkins);
        Setting.allowInsecure();
        Setting.run(jenkins, Result.SUCCESS, "node('linux') {\n" + snippet + "\n}");
        assertThat(docker.calls())
                .anyMatch(call -> call.startsWith("buildx build") && call.contains("--tag=example.org/a:1 --tag=b:2 ") && call.contains("--push"))
                .anyMatch(call -> call.contains("--label=title=a 'b' $c"));
    }

    /** As the form sends it. */
    private static String generate(JenkinsRule jenkins, JSONObject form) throws Exception {
        String type = CvmfsDerivedImageStep.class.getName();
        form.element("stapler-class", type).element("$class", type);
        WebRequest request = new WebRequest(new URL(jenkins.getURL(), Snippetizer.GENERATE_URL), HttpMethod.POST);
        JenkinsRule.WebClient client = jenkins.createWebClient();
        client.addCrumb(request);
        request.getRequestParameters().add(new NameValuePair("json", form.toString()));
        WebResponse response = client.getPage(request).getWebResponse();
        assertThat(response.getContentType()).isEqualTo("text/plain");
        return response.getContentAsString().strip();
    }
}
