package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.record.BuildSteps;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A build cache in a registry with a password: written, read by a builder that has nothing of its own, and refused. The
 * login is that of a file, as the credentials of a Jenkins job are. What a RUN writes is random, so that two images
 * have the same only where one build took it from the other's cache.
 */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RegistryCacheDockerIT {
    private static final String RANDOM = "head -c 16 /dev/urandom | od -An -tx1 >/random";
    private static final String[] FRESH_BUILDER = {
        "--builder-driver=docker-container", "--no-builder-keep", "--builder-driver-opt=network=host"
    };
    private static final String[] ENGINES_OWN = {"--builder-driver=docker"};

    private Path logins;
    private String cache;

    @BeforeEach
    void prepare(Rig rig) throws Exception {
        cache = rig.in(Registry.secret(), "cache");
        logins = rig.home().resolve("logins.json");
        logIn(Registry.password());
        // However short a build is, BuildKit is asked what came from a cache.
        rig.set("CVMFS_DERIVED_IMAGE_LONG", "0");
        // The user has no login but that of the file.
        rig.write("../config/config.json", "{\"cliPluginsExtraDirs\":[\"" + System.getenv("ENGINE_PLUGINS") + "\"]}");
    }

    private void logIn(String password) throws Exception {
        Files.writeString(
                logins,
                "{\"auths\":{\"" + Registry.secret().address() + "\":{\"auth\":\""
                        + Registry.login(System.getenv("REGISTRY_USER"), password) + "\"}}}");
    }

    private Ran build(Rig rig, String[] builder, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("build", "--no-insecure", "--record=record.json", "--registry-auth-file=" + logins));
        arguments.addAll(List.of(builder));
        arguments.addAll(List.of(more));
        Ran ran = Ran.of(rig.cli(arguments.toArray(String[]::new)));
        assertThat(ran.out() + ran.err()).doesNotContain(Registry.password()).doesNotContain("Exception");
        return ran;
    }

    private static String random(Rig rig, String tag) throws Exception {
        return rig.inside(tag, "cat /random");
    }

    private static void dockerfile(Rig rig, String base) throws Exception {
        rig.write("Dockerfile", "FROM " + base + "\nRUN echo " + rig.id() + " && " + RANDOM + "\n");
    }

    /** The RUN, whatever else BuildKit counts as a step. */
    private static void tookTheStep(Ran build, Rig rig) throws Exception {
        build.answer();
        BuildSteps steps = ImageRecord.fromJson(Files.readString(rig.workspace().resolve("record.json")))
                .steps();
        assertThat(steps).as(build.err()).isNotNull();
        assertThat(steps.cached()).as(build.err()).isPositive();
        assertThat(steps.run()).as(build.err()).isZero();
    }

    @Test
    void aFreshBuilderHasTheStepsOfAnother(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        dockerfile(rig, Rig.baseImageInRegistry());
        String first = rig.local("a:1");
        String second = rig.local("b:1");
        build(rig, FRESH_BUILDER, "--tag=" + first, "--cache-to=type=registry,mode=max,ref=" + cache)
                .answer();
        assertThat(rig.made()).as("the builder that had the steps").isEmpty();

        tookTheStep(build(rig, FRESH_BUILDER, "--tag=" + second, "--cache-from=type=registry,ref=" + cache), rig);
        assertThat(random(rig, second)).isEqualTo(random(rig, first));
    }

    @Test
    void aLoginThatIsRefusedIsTheCauseOfACacheThatIsNotWritten(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        dockerfile(rig, Rig.baseImageInRegistry());
        logIn("wrong-password");

        Ran refused = build(
                rig, FRESH_BUILDER, "--tag=" + rig.local("a:1"), "--cache-to=type=registry,mode=max,ref=" + cache);

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .contains(
                        "Why: The build cache may not be written to "
                                + Registry.secret().address(),
                        "Fix: Give the build a login that may push to the repository that --cache-to names.");
    }

    /** A cache is a help: without it BuildKit says so and builds. */
    @Test
    void aCacheThatMayNotBeReadIsToldAndTheImageIsBuilt(Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);
        dockerfile(rig, Rig.baseImageInRegistry());
        logIn("wrong-password");

        Ran built = build(rig, FRESH_BUILDER, "--tag=" + rig.local("a:1"), "--cache-from=type=registry,ref=" + cache);

        built.answer();
        assertThat(built.err()).contains("registry cache importer: ", "401 Unauthorized");
        assertThat(random(rig, rig.local("a:1"))).isNotEmpty();
    }

    /** The engine's own builder writes its cache into the image alone. */
    @Test
    void theEnginesOwnBuilderHasTheStepsOfAnImage(Rig rig) throws Exception {
        dockerfile(rig, Rig.baseImage());
        build(rig, ENGINES_OWN, "--tag=" + cache, "--push", "--load", "--cache-to=type=inline")
                .answer();
        String random = random(rig, cache);
        String other = rig.local("b:1");
        forget(rig, cache);
        build(rig, ENGINES_OWN, "--tag=" + other).answer();
        assertThat(random(rig, other)).as("without a cache").isNotEqualTo(random);
        forget(rig, other);

        tookTheStep(build(rig, ENGINES_OWN, "--tag=" + other, "--cache-from=type=registry,ref=" + cache), rig);
        assertThat(random(rig, other)).isEqualTo(random);
    }

    /** Lets the engine forget an image and this test's own steps, as if another engine were asked. */
    private static void forget(Rig rig, String tag) throws Exception {
        rig.docker("image", "rm", "--force", tag).answer();
        rig.docker("buildx", "prune", "--all", "--force", "--filter=description~=" + rig.id())
                .answer();
    }

    @Test
    void theEnginesOwnBuilderIsRefusedByThatRegistryToo(Rig rig) throws Exception {
        dockerfile(rig, Rig.baseImage());
        logIn("wrong-password");

        Ran built = build(rig, ENGINES_OWN, "--tag=" + rig.local("b:1"), "--cache-from=type=registry,ref=" + cache);
        built.answer();
        assertThat(built.err()).contains("importing cache manifest from " + cache, "401 Unauthorized");

        Ran refused = build(rig, ENGINES_OWN, "--tag=" + cache, "--push", "--cache-to=type=inline");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("Give credentials of a user with the right to use " + cache);
    }
}
