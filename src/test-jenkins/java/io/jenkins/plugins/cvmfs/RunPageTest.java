package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleBuild;
import hudson.model.User;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import io.jenkins.plugins.cvmfs.pages.FailedImage;
import java.util.Map;
import jenkins.model.experimentalflags.NewBuildPageUserExperimentalFlag;
import jenkins.model.experimentalflags.UserExperimentalFlagsProperty;
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
             "platforms": ["linux/amd64", "linux/arm64"],
             "manifests": [{"platform": "linux/arm64", "digest": "sha256:%2$s"}],
             "calls": [{"call": "check", "entries": [{"kind": "warning", "name": "Rule", "text": "found it", "line": 3,
                        "url": "https://docs.docker.com/go/x"}]}, {"call": "targets", "entries": []}],
             "mounts": "cms.cern.ch", "baseImages": [{"name": "example.org/base:1", "digest": null}],
             "startedAt": "2026-01-02T03:04:05Z", "durationMillis": 65000,
             "phases": [{"phase": "build", "millis": 61000}],
             "steps": {"cached": 4, "run": 2, "slowest": [{"step": "[5/6] RUN", "millis": 59000}]}}
            """.formatted(DIGEST, "e".repeat(64));

    @Test
    void itShowsTheRecord(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        DerivedImageAction.add(build, "abc", ImageRecord.fromJson(RECORD));
        JenkinsRule.WebClient client = jenkins.createWebClient();

        HtmlPage run = client.getPage(build);
        assertThat(run.getAnchors()).anyMatch(anchor -> anchor.getHrefAttribute().contains("cvmfs-derived-images"));

        HtmlPage page = client.getPage(build, "cvmfs-derived-images");
        assertThat(page.getBody().getTextContent())
                .contains("example.org/a:1", DIGEST, "123.5 MB", "linux/amd64", "cms.cern.ch", "example.org/base:1", "1 min 5 sec")
                .contains("1 min 1 sec", "4 from the cache, 2 run", "[5/6] RUN", "59 sec")
                .contains("sha256:" + "e".repeat(64), "--call=check", "Rule", "found it", "--call=targets", "Nothing was found");
        assertThat(page.getAnchors()).anyMatch(anchor -> anchor.getHrefAttribute().equals("https://docs.docker.com/go/x"));
        assertThat(run.getBody().getTextContent()).contains("example.org/a:1", DIGEST);
        assertThat(run.getAnchors()).as("to the archived record").anyMatch(anchor -> anchor.getHrefAttribute().endsWith("/abc/record.json"));
        assertThat(client.goTo(build.getUrl() + "cvmfs-derived-images/api/json?depth=2", "application/json").getWebResponse().getContentAsString())
                .contains("\"steps\":{", "\"cached\":4,\"run\":2", "\"step\":\"[5/6] RUN\"");
    }

    @Test
    void severalImagesHaveAPanelEach(JenkinsRule jenkins) throws Exception {
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        DerivedImageAction.add(build, "abc", ImageRecord.fromJson(RECORD));
        DerivedImageAction.add(build, "def", ImageRecord.fromJson(RECORD.replace("example.org/a", "example.org/b")));
        DerivedImageAction.failed(build, new FailedImage("example.org/c:1 failed", "a reason", "a fix"));

        HtmlPage page = jenkins.createWebClient().getPage(build, "cvmfs-derived-images");
        assertThat(page.querySelectorAll(".cvmfs-image__cards .jenkins-card")).hasSize(2);
        assertThat(page.getBody().getTextContent()).contains("example.org/a:1", "example.org/b:1", "example.org/c:1 failed", "a reason", "a fix");
    }

    @Test
    void thePageThatRunsAreGoingToHaveShowsTheImagesOnce(JenkinsRule jenkins) throws Exception {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(jenkins.createFreeStyleProject());
        DerivedImageAction.add(build, "abc", ImageRecord.fromJson(RECORD));
        User.getOrCreateByIdOrFullName("user").addProperty(
                new UserExperimentalFlagsProperty(Map.of(new NewBuildPageUserExperimentalFlag().getFlagKey(), "true")));

        HtmlPage page = jenkins.createWebClient().login("user").getPage(build);
        assertThat(page.querySelectorAll(".app-build__grid .cvmfs-image__summary")).as("a card").hasSize(1);
        assertThat(page.getAnchors()).as("a detail").anyMatch(anchor -> anchor.getTextContent().strip().equals("a:1"));
    }
}
