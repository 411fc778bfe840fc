package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of a run's images. */
@WithJenkins
class RunPageTest {
    private static final String DIGEST = "sha256:" + "d".repeat(64);

    private static final String RECORD = """
            {"schemaVersion": 1, "strategy": "buildx", "builderDriver": "docker-container",
             "images": [{"tag": "example.org/a:1", "digest": "%1$s", "reference": "example.org/a@%1$s"}],
             "digest": "%1$s", "imageId": null, "loaded": false, "pushed": true, "sizeInRegistry": 123456789,
             "platforms": ["linux/amd64"], "mounts": "cms.cern.ch", "baseImages": [{"name": "example.org/base:1", "digest": null}],
             "startedAt": "2026-01-02T03:04:05Z", "durationMillis": 65000}
            """.formatted(DIGEST);

    @Test
    void itShowsTheRecord(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        DerivedImageAction.add(build, "abc", ImageRecord.fromJson(RECORD));
        JenkinsRule.WebClient client = jenkins.createWebClient();

        HtmlPage run = client.getPage(build);
        assertThat(run.getAnchors()).anyMatch(anchor -> anchor.getHrefAttribute().contains("cvmfs-derived-images"));

        HtmlPage page = client.getPage(build, "cvmfs-derived-images");
        assertThat(page.getBody().getTextContent())
                .contains("example.org/a:1", DIGEST, "123.5 MB", "linux/amd64", "cms.cern.ch", "example.org/base:1", "1 min 5 sec");
    }
}
