package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What came from docker, a registry or a Dockerfile is text on pages. */
@WithJenkins
class MarkupTest {
    private static final String MARKUP = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>${7*7}";

    @Test
    void markupInARecordIsShownAsText(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild run = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("schemaVersion", 1).put("strategy", "buildx").put("builderDriver", "docker");
        json.putArray("images").addObject()
                .put("tag", "tag" + MARKUP).put("digest", "digest" + MARKUP).put("reference", "reference" + MARKUP + "@sha256:" + MARKUP);
        json.put("digest", "first" + MARKUP).put("mediaType", "type" + MARKUP).put("imageId", "id" + MARKUP);
        json.put("loaded", true).put("pushed", true);
        json.putArray("platforms").add("platform" + MARKUP);
        json.put("mounts", "mounts" + MARKUP);
        json.putArray("baseImages").addObject().put("name", "base" + MARKUP).put("digest", "baseDigest" + MARKUP);
        json.putArray("manifests").addObject().put("platform", "of" + MARKUP).put("digest", "manifest" + MARKUP);
        json.putArray("calls").addObject().put("call", "call" + MARKUP).putArray("entries").addObject()
                .put("kind", "warning").put("name", "rule" + MARKUP).put("text", "found" + MARKUP);
        json.put("startedAt", "2026-11-24T00:00:00Z").put("durationMillis", 1);
        DerivedImageAction.add(run, "abc", ImageRecord.fromJson(json.toString()));
        run.save();

        JenkinsRule.WebClient client = jenkins.createWebClient();
        for (String page : new String[] {"cvmfs-derived-images/", ""}) {
            HtmlPage html = client.getPage(run, page);
            assertThat(html.<Object>getByXPath("//img[@onerror] | //*[@onerror]")).as(page).isEmpty();
            assertThat(html.<Object>getByXPath("//script[contains(text(), 'alert(2)')]")).as(page).isEmpty();
            assertThat(html.getWebResponse().getContentAsString()).doesNotContain("<img src=x", "<script>alert(2)");
        }
        String text = client.<HtmlPage>getPage(run, "cvmfs-derived-images/").asNormalizedText();
        assertThat(text).contains("tag" + MARKUP, "reference\"'><img", "id" + MARKUP, "platform" + MARKUP, "mounts" + MARKUP, "base" + MARKUP, "of" + MARKUP,
                "manifest" + MARKUP, "call" + MARKUP, "rule" + MARKUP, "found" + MARKUP);
    }
}
