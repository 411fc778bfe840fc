package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Label;
import hudson.model.Result;
import io.jenkins.plugins.cvmfs.config.DerivedImageConfiguration;
import io.jenkins.plugins.cvmfs.config.Registry;
import io.jenkins.plugins.cvmfs.harness.Setting;
import io.jenkins.plugins.cvmfs.pages.DerivedImageAction;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The step with the engine and the registry with a password that bin/test gives. */
@WithJenkins
class RealEngineTest {
    private static final String PASSWORD = System.getenv("REGISTRY_PASSWORD");

    @BeforeEach
    void needsAnEngine() {
        String reason = System.getenv("TESTS_WITHOUT_ENGINE");
        assumeTrue(reason == null, reason);
        assumeTrue(System.getenv("REGISTRY_SECRET") != null, "no engine was given; bin/test starts one");
    }

    @Test
    void pushesToARegistryWithAPasswordWhatTheRecordSays(JenkinsRule jenkins) throws Exception {
        jenkins.createOnlineSlave(Label.get("linux"));
        Setting.allowInsecure();
        Setting.login("push", System.getenv("REGISTRY_USER"), PASSWORD);
        DerivedImageConfiguration.get().setRegistries(List.of(new Registry(System.getenv("REGISTRY_SECRET"), "push")));
        String name = "it/harness-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);

        WorkflowRun run = Setting.run(
                jenkins,
                Result.SUCCESS,
                """
                node('linux') {
                    def image = cvmfsDerivedImage(tags: ['%s/%s:1'], strategy: 'commit', baseImage: '%s', mounts: 'cms.cern.ch',
                        setup: 'cp /cvmfs/cms.cern.ch/README ~/readme', push: true, load: false)
                    echo "pushed ${image.digest}"
                    cvmfsPromote(image: image.references[0], tags: ['%s/%s-stable:1'])
                }
                """.formatted(System.getenv("REGISTRY_SECRET"), name, System.getenv("BASE_IMAGE"), System.getenv("REGISTRY_SECRET"), name));

        String digest = run.getAction(DerivedImageAction.class).getImages().get(0).digest();
        assertThat(digest).isEqualTo(digestInRegistry(name));
        assertThat(digest).as("of what was promoted").isEqualTo(digestInRegistry(name + "-stable"));
        assertThat(Setting.artifact(run, "promotion.json")).contains(digest);
        jenkins.assertLogContains("pushed " + digest, run);
        jenkins.assertLogNotContains(PASSWORD, run);
    }

    private static String digestInRegistry(String name) throws Exception {
        String login = System.getenv("REGISTRY_USER") + ":" + PASSWORD;
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + System.getenv("REGISTRY_SECRET") + "/v2/" + name + "/manifests/1"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)))
                .header("Accept", "application/vnd.docker.distribution.manifest.v2+json,application/vnd.oci.image.manifest.v1+json")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());
        return answer.headers().firstValue("Docker-Content-Digest").orElse("none");
    }
}
