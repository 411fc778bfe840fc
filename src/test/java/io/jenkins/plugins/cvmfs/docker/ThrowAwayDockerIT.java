package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Builds of agents that are deleted afterwards: what they have in common is a cache in a registry with a password. */
@ExtendWith(RealEngine.class)
class ThrowAwayDockerIT {
    @BeforeEach
    void prepare(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImageInRegistry() + "\nUSER root\nARG ARG_CVMFS_MOUNTS\n"
                        + "RUN --security=insecure --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper \\\n"
                        + "    /cvmfs-helper/mount && cp /cvmfs/cms.cern.ch/README /readme && head -c 9 /dev/urandom >/made\n");
    }

    /** With a builder of its own, as each of the agents has it. */
    private static ImageSpecBuilder image(Rig rig, String tag, String cache) {
        return ContainerBuilderDockerIT.image(rig, tag)
                .mounts("cms.cern.ch")
                .builderKeep(false)
                .push(true)
                .cache(cache);
    }

    @Test
    void theNextAgentTakesStepsAndRevisionsFromTheRegistry(Rig rig) throws Exception {
        String cache = rig.in(Registry.secret(), "cache");
        String tag = rig.in(Registry.secret(), "group/a:1");
        ImageRecord first = rig.build(image(rig, tag, cache));
        assertThat(rig.made()).isEmpty();
        assertThat(Registry.secret().digest(cache + ":" + rig.id() + "-group-a"))
                .isPresent();

        // What is in the state directory of the user is gone with the agent.
        rig.set("XDG_STATE_HOME", rig.home().resolve("another agent").toString());
        TestSite site = new TestSite(rig);
        ImageRecord second = rig.build(image(rig, tag, cache), site);

        assertThat(site.output()).contains("importing cache manifest from " + cache, "CACHED");
        assertThat(second.imageId()).as("a step ran again").isEqualTo(first.imageId());
        assertThat(first.repositories()).isNotEmpty();
        assertThat(second.repositories()).isEqualTo(first.repositories());
        assertThat(rig.made()).isEmpty();
        Asserts.registriesHave(rig, second);
    }

    @Test
    void aCacheThatCannotBeWrittenIsNoReasonToFailUnlessThatIsWanted(Rig rig) throws Exception {
        String nowhere = "127.0.0.1:1/cache";
        TestSite site = new TestSite(rig);
        rig.build(image(rig, rig.in(Registry.plain(), "a:1"), nowhere), site);
        assertThat(site.output()).contains("127.0.0.1:1");

        assertThatThrownBy(
                        () -> rig.build(image(rig, rig.in(Registry.plain(), "a:2"), nowhere + ",ignore-error=false")))
                .isInstanceOf(Rig.BuildFailed.class);
    }

    /** Where the engine keeps images in containerd's store, its own builder writes such caches, too. */
    @Test
    void theEnginesOwnBuilderWritesItOrSaysWhatToUse(Rig rig) throws Exception {
        ImageSpecBuilder own = new ImageSpecBuilder()
                .tags(List.of(rig.in(Registry.plain(), "a:1")))
                .cache(rig.in(Registry.plain(), "cache"))
                .builderDriver("docker")
                .insecure(false)
                .push(true);
        rig.write("Dockerfile", "FROM " + Rig.baseImageInRegistry() + "\nRUN echo " + rig.id() + " >/made\n");
        if (rig.containerdStore()) {
            assertThat(rig.build(own).builderDriver()).isEqualTo("docker");
        } else {
            assertThatThrownBy(() -> rig.build(own))
                    .isInstanceOfSatisfying(
                            Rig.BuildFailed.class,
                            failure -> assertThat(failure.finding())
                                    .contains("cannot export a cache", "docker-container", "containerd image store"));
        }
    }
}
