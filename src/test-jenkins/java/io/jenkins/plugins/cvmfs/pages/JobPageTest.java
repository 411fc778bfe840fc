package io.jenkins.plugins.cvmfs.pages;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import jenkins.model.Jenkins;
import jenkins.model.RunAction2;
import org.htmlunit.Page;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.TestBuilder;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The pages of a job: how much they read, and who sees them. */
@WithJenkins
class JobPageTest {
    private static final int BUILDS = 5000;
    private static final AtomicInteger LOADED = new AtomicInteger();

    /** Counts the builds that have it and are loaded. */
    public static final class Loaded implements RunAction2 {
        @Override
        public void onAttached(Run<?, ?> run) {
            // only loading counts
        }

        @Override
        public void onLoad(Run<?, ?> run) {
            LOADED.incrementAndGet();
        }

        @Override
        public String getIconFileName() {
            return null;
        }

        @Override
        public String getDisplayName() {
            return null;
        }

        @Override
        public String getUrlName() {
            return null;
        }
    }

    private static ImageRecord record(int build) throws Exception {
        return ImageRecord.fromJson("""
                {"schemaVersion": 1, "strategy": "buildx", "images": [{"tag": "example.org/a:%1$d"}], "mounts": "cms.cern.ch",
                 "repositories": [{"name": "cms.cern.ch", "revision": %1$d}], "sizeInRegistry": 123456789, "durationMillis": 65000}
                """.formatted(build));
    }

    @Test
    void aJobWithThousandsOfBuildsLoadsFew(JenkinsRule jenkins) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject("job");
        Path builds = project.getBuildDir().toPath();
        for (int build = 1; build <= BUILDS; build++) {
            Path directory = Files.createDirectories(builds.resolve(String.valueOf(build)));
            Files.writeString(
                    directory.resolve("build.xml"),
                    "<build><actions><%s/></actions><result>SUCCESS</result><timestamp>%d</timestamp></build>"
                            .formatted(Loaded.class.getName().replace("$", "_-"), 1_700_000_000_000L + build));
        }
        // Jenkins notes them when builds end; without the file it looks for the last failed build in all.
        Files.writeString(builds.resolve("permalinks"), """
                lastCompletedBuild %1$d
                lastFailedBuild -1
                lastStableBuild %1$d
                lastSuccessfulBuild %1$d
                lastUnstableBuild -1
                lastUnsuccessfulBuild -1
                """.formatted(BUILDS));
        for (int build = BUILDS - ImageHistory.MOST; build <= BUILDS; build++) {
            ImageHistory.of(project).add(build, new BuiltImage("id", record(build)));
        }
        project.updateNextBuildNumber(BUILDS + 1);
        project.doReload();
        LOADED.set(0);
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);

        String api = client.goTo("job/job/cvmfs-derived-images/api/json", "application/json").getWebResponse().getContentAsString();
        assertThat(api).contains("example.org/a:" + BUILDS);
        assertThat(LOADED).as("by the remote API, whatever the job has").hasValueLessThan(3);

        assertThat(client.goTo("job/job/cvmfs-derived-images/").getBody().getTextContent()).contains("example.org/a:" + BUILDS);
        assertThat(client.goTo("job/job/").getBody().getTextContent()).contains("example.org/a:" + BUILDS);
        // The list of builds beside the page has some of the last.
        assertThat(LOADED).as("by the pages").hasValueLessThan(100);
        assertThat(project.getBuildByNumber(1)).isNotNull();
        assertThat(LOADED).as("the count counts").hasPositiveValue();
    }

    @Test
    void theNewestImagesHaveTheirState(JenkinsRule jenkins) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject("job");
        project.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener) throws IOException {
                try {
                    if (build.getNumber() == 1) {
                        DerivedImageAction.add(build, "abc", record(1));
                        build.setResult(Result.UNSTABLE);
                    } else {
                        DerivedImageAction.failed(build, new FailedImage("no image", "", ""));
                    }
                } catch (Exception e) {
                    throw new IOException(e);
                }
                return build.getNumber() == 1;
            }
        });
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        jenkins.buildAndAssertStatus(Result.UNSTABLE, project);

        String first = client.goTo("job/job/cvmfs-derived-images/").getBody().getTextContent();
        assertThat(first).contains("In the engine only", "Unstable").doesNotContain("The last build did not build its image");

        jenkins.buildAndAssertStatus(Result.FAILURE, project);
        assertThat(client.goTo("job/job/cvmfs-derived-images/").getBody().getTextContent())
                .contains("In the engine only", "Unstable", "The last build did not build its image");
        assertThat(client.goTo("job/job/cvmfs-derived-images/api/json", "application/json").getWebResponse().getContentAsString())
                .contains("\"result\":\"UNSTABLE\"", "\"promoted\":false");
    }

    @Test
    void aReaderSeesTheImagesAndOthersNothing(JenkinsRule jenkins) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject("job");
        FreeStyleBuild build = jenkins.buildAndAssertSuccess(project);
        DerivedImageAction.add(build, "abc", record(1));
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ).everywhere().to("reader")
                .grant(Jenkins.READ).everywhere().to("other"));
        JenkinsRule.WebClient reader = jenkins.createWebClient().withJavaScriptEnabled(false).login("reader");
        JenkinsRule.WebClient other = jenkins.createWebClient().withJavaScriptEnabled(false).login("other");
        other.setThrowExceptionOnFailingStatusCode(false);
        reader.setThrowExceptionOnFailingStatusCode(false);

        for (String path : new String[] {
            "job/job/1/", "job/job/1/cvmfs-derived-images/", "job/job/1/cvmfs-derived-images/api/json?depth=2",
            "job/job/", "job/job/cvmfs-derived-images/", "job/job/cvmfs-derived-images/api/json?depth=2", "job/job/lastDerivedImage/"
        }) {
            Page seen = reader.getPage(jenkins.getURL() + path);
            assertThat(seen.getWebResponse().getStatusCode()).as(path).isEqualTo(200);
            // A name may go on in the next line behind each of its parts.
            assertThat(seen.getWebResponse().getContentAsString().replaceAll("</?wbr */?>", "")).as(path).contains("example.org/a:1");
            Page hidden = other.getPage(jenkins.getURL() + path);
            assertThat(hidden.getWebResponse().getStatusCode()).as(path).isEqualTo(404);
            assertThat(hidden.getWebResponse().getContentAsString()).as(path).doesNotContain("example.org");
        }
        assertThat(reader.getPage(jenkins.getURL() + "job/job/configure").getWebResponse().getStatusCode()).isEqualTo(403);
        assertThat(reader.getPage(jenkins.getURL() + "manage/configure").getWebResponse().getStatusCode()).isEqualTo(403);
    }
}
