package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.BaseImage;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The buildx strategy with the engine's own builder (driver docker). */
@ExtendWith(RealEngine.class)
class EngineBuilderDockerIT {
    private static ImageSpecBuilder image(String... tags) {
        return new ImageSpecBuilder().tags(List.of(tags)).builderDriver("docker");
    }

    private static void dockerfile(Rig rig) throws Exception {
        rig.write(
                "Dockerfile",
                "FROM " + Rig.baseImage() + "\nARG WORD=none\nARG ARG_MY_UID\n" + "RUN echo \"$WORD for $ARG_MY_UID in "
                        + rig.id() + "\" >/word\n");
    }

    @Test
    void loads(Rig rig) throws Exception {
        dockerfile(rig);
        ImageRecord record = rig.build(image(rig.local("a:1"), rig.local("b:1"))
                .buildArgs(Map.of("WORD", "it's a \"word\" $HOME"))
                .labels(Map.of("org.example.label", "a b"))
                .uid("4711"));

        Asserts.engineHas(rig, record);
        Asserts.noRegistryDigest(record);
        assertThat(record.builderDriver()).isEqualTo("docker");
        assertThat(rig.inside(rig.local("b:1"), "cat /word"))
                .isEqualTo("it's a \"word\" $HOME for 4711 in " + rig.id());
        assertThat(rig.image(rig.local("a:1"))
                        .at("/Config/Labels/org.example.label")
                        .asText())
                .isEqualTo("a b");
    }

    @Test
    void pushesToTwoRegistriesOneOfThemWithAPassword(Rig rig) throws Exception {
        dockerfile(rig);
        ImageRecord record = rig.build(image(rig.in(Registry.plain(), "a:1"), rig.in(Registry.secret(), "b:2"))
                .push(true));

        Asserts.registriesHave(rig, record);
        assertThat(record.images()).hasSize(2);
        assertThat(record.toJson()).doesNotContain(Registry.password());
    }

    @Test
    void loadsAndPushesAtOnce(Rig rig) throws Exception {
        dockerfile(rig);
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord record = rig.build(image(tag).load(true).push(true));

        Asserts.registriesHave(rig, record);
        Asserts.engineHas(rig, record);
        if (!rig.containerdStore()) {
            assertThat(Registry.plain().json(tag).at("/config/digest").asText()).isEqualTo(record.imageId());
        }
    }

    @Test
    void namesTheConfigurationWhereNothingIsLoaded(Rig rig) throws Exception {
        dockerfile(rig);
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord record = rig.build(image(tag).push(true));

        Asserts.registriesHave(rig, record);
        assertThat(record.imageId())
                .isEqualTo(Registry.plain().json(tag).at("/config/digest").asText());
    }

    @Test
    void pushesAnIndexWhenTheContainerdStoreAttests(Rig rig) throws Exception {
        assumeTrue(rig.containerdStore(), "the engine keeps images in its own store, not in containerd's");
        dockerfile(rig);
        String tag = rig.in(Registry.plain(), "a:1");
        ImageRecord record = rig.build(image(tag).push(true).provenance("true"));

        Asserts.registriesHave(rig, record);
        assertThat(record.mediaType()).isEqualTo("application/vnd.oci.image.index.v1+json");
        assertThat(Registry.plain().json(tag).path("manifests")).hasSize(2);
        assertThat(record.platforms()).hasSize(1);
    }

    @Test
    void reportsThatTheEnginesOwnStoreAttestsNothing(Rig rig) throws Exception {
        assumeFalse(rig.containerdStore(), "the engine keeps images in containerd's store");
        dockerfile(rig);
        assertThatThrownBy(() -> rig.build(image(rig.local("a:1")).provenance("true")))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains(
                                        "The engine's own builder does not support attestations",
                                        "to docker-container"));
    }

    @Test
    void givesNoDigestToABaseImageThatWasNeverPulled(Rig rig) throws Exception {
        assumeFalse(
                rig.containerdStore(),
                "the engine keeps images in containerd's store, which gives every image a digest");
        dockerfile(rig);
        assertThat(rig.build(image(rig.local("a:1"))).baseImages())
                .containsExactly(new BaseImage(Rig.baseImage(), null));

        ImageRecord pushed = rig.build(image(rig.in(Registry.plain(), "a:1")).push(true));
        assertThat(pushed.baseImages()).containsExactly(new BaseImage(Rig.baseImage(), null));
    }

    @Test
    void explainsWhyAPushFailed(Rig rig) throws Exception {
        dockerfile(rig);
        rig.write("../config/config.json", "{\"cliPluginsExtraDirs\":[\"" + System.getenv("ENGINE_PLUGINS") + "\"]}");
        assertThatThrownBy(
                        () -> rig.build(image(rig.in(Registry.secret(), "a:1")).push(true)))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains("failed with exit code 1")
                                .contains("credentials", "docker login"));
    }

    @Test
    void buildsTwoAtOnce(Rig rig) throws Exception {
        dockerfile(rig);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<ImageRecord>> builds = List.of(
                    () -> rig.build(
                            image(rig.in(Registry.plain(), "a:1")).push(true).buildArgs(Map.of("WORD", "one"))),
                    () -> rig.build(
                            image(rig.in(Registry.plain(), "b:1")).push(true).buildArgs(Map.of("WORD", "two"))));
            List<Future<ImageRecord>> records = threads.invokeAll(builds);
            Asserts.registriesHave(rig, records.get(0).get());
            Asserts.registriesHave(rig, records.get(1).get());
            assertThat(records.get(0).get().digest())
                    .isNotEqualTo(records.get(1).get().digest());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void mountsCvmfsInAnInsecureRun(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave("docker/dockerfile:1"),
                "the engine's own Dockerfile frontend does not know RUN --security, and docker/dockerfile:1 cannot be pulled");
        ImageRecord record = rig.build(image(rig.in(Registry.plain(), "a:1"))
                .push(true)
                .baseImage(Rig.baseImage())
                .mounts("cms.cern.ch")
                .setup("#!/bin/bash\nset -e\ncp /cvmfs/cms.cern.ch/README /readme\nid -u >/user\n"));

        Asserts.registriesHave(rig, record);
        Cvmfs.assertCopied(rig, record.images().get(0).tag(), "/readme");
    }

    @Test
    void failsWhenARepositoryCannotBeMounted(Rig rig) throws Exception {
        assumeTrue(
                rig.canHave("docker/dockerfile:1"),
                "the engine's own Dockerfile frontend does not know RUN --security, and docker/dockerfile:1 cannot be pulled");
        assertThatThrownBy(() -> rig.build(image(rig.local("a:1"))
                        .baseImage(Rig.baseImage())
                        .mounts("cms.cern.ch " + Cvmfs.UNREACHABLE)
                        .setup("#!/bin/bash\ntouch /made\n")))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding())
                                .contains("not mounted: " + Cvmfs.UNREACHABLE, Cvmfs.UNREACHABLE_MESSAGE));
        assertThat(rig.hasImage(rig.local("a:1"))).isFalse();
    }
}
