package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A command is run in a container of the image before anybody gets it. */
@ExtendWith(RealEngine.class)
class SmokeTestDockerIT {
    private static final String MOUNTED = "mountpoint -q /cvmfs/cms.cern.ch && diff ~/readme /cvmfs/cms.cern.ch/README";

    private static ImageSpecBuilder committed(String... tags) {
        return new ImageSpecBuilder()
                .tags(List.of(tags))
                .strategy("commit")
                .baseImage(Rig.baseImage())
                .mounts("cms.cern.ch")
                .setup("#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README ~/readme\n");
    }

    private static ImageSpecBuilder built(Rig rig, String... tags) throws Exception {
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo \"in " + rig.id() + "\" >/word\n");
        return new ImageSpecBuilder().tags(List.of(tags)).builderDriver("docker");
    }

    private static void assertFails(Rig rig, ImageSpecBuilder options, String... finding) {
        assertThatThrownBy(() -> rig.build(options))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains(finding));
    }

    @Test
    void theContainerHasTheSameMounts(Rig rig) throws Exception {
        ImageRecord record =
                rig.build(committed(rig.local("a:1"), rig.local("b:1")).smokeTest(MOUNTED + " && touch ~/tested"));

        Asserts.engineHas(rig, record);
        assertThat(rig.inside(rig.local("b:1"), "ls /home/cmsusr"))
                .contains("readme")
                .doesNotContain("tested");
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void theContainerHasThePinsAndSettings(Rig rig) throws Exception {
        String set = "cvmfs_talk -i cms.cern.ch parameters | grep CVMFS_QUOTA_LIMIT=4321";
        rig.build(committed(rig.local("a:1")).cvmfsQuotaLimit("4321").smokeTest(set));
        assertFails(rig, committed(rig.local("b:1")).smokeTest(set), "The smoke test failed with exit code 1.");
    }

    @Test
    void aFailureIsBeforeThePush(Rig rig) throws Exception {
        String tag = rig.in(Registry.plain(), "a:1");
        assertFails(
                rig,
                committed(tag).push(true).smokeTest(MOUNTED + " && echo wrong >&2 && exit 7"),
                "The smoke test failed with exit code 7.",
                "Nothing was pushed, and no tag was given.");
        assertFails(
                rig,
                built(rig, tag).push(true).smokeTest("grep -q no-such-word /word"),
                "The smoke test failed with exit code 1.");

        assertThat(Registry.plain().digest(tag)).isEmpty();
        assertThat(rig.hasImage(tag)).isFalse();
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void aTestedImageIsLoadedOrPushed(Rig rig) throws Exception {
        String test = "grep -q " + rig.id() + " /word";
        ImageRecord loaded =
                rig.build(built(rig, rig.local("a:1"), rig.local("b:1")).smokeTest(test));
        Asserts.engineHas(rig, loaded);
        Asserts.noRegistryDigest(loaded);

        ImageRecord pushed = rig.build(built(rig, rig.in(Registry.plain(), "a:1"))
                .push(true)
                .noCache(true)
                .smokeTest(test));
        Asserts.registriesHave(rig, pushed);
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void anImageOfAnInsecureRunIsTestedWithItsMounts(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave("docker/dockerfile:1"),
                "the engine's own Dockerfile frontend does not know RUN --security, and docker/dockerfile:1 cannot be pulled");
        ImageSpecBuilder options = new ImageSpecBuilder()
                .tags(List.of(rig.in(Registry.plain(), "a:1")))
                .push(true)
                .builderDriver("docker")
                .baseImage(Rig.baseImage())
                .mounts("cms.cern.ch")
                .setup("#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README /readme\n");
        ImageRecord record = rig.build(options.smokeTest("diff /readme /cvmfs/cms.cern.ch/README"));

        Asserts.registriesHave(rig, record);
        Cvmfs.assertRevisions(rig, rig.in(Registry.plain(), "a:1"), record);
    }

    @Test
    void aBuilderInAContainerLoadsWhatItThenPushes(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        rig.write("Dockerfile", "FROM " + Rig.baseImageInRegistry() + "\nRUN echo \"in " + rig.id() + "\" >/word\n");
        ImageSpecBuilder options = ContainerBuilderDockerIT.image(rig, rig.in(Registry.plain(), "a:1"))
                .builderKeep(false)
                .push(true)
                .annotations(List.of("org.example.note=a"))
                .smokeTest("grep -q " + rig.id() + " /word");
        ImageRecord record = rig.build(options);

        Asserts.registriesHave(rig, record);
        assertThat(rig.hasImage(rig.in(Registry.plain(), "a:1"))).isFalse();
        assertThat(rig.made()).isEmpty();
    }
}
