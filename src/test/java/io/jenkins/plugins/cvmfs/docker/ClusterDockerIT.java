package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The buildx strategy with pods of a real cluster. CLUSTER_KUBECONFIG names a kubeconfig whose namespace is for these
 * tests alone, CLUSTER_REGISTRY a registry that speaks plain HTTP with this machine and the pods, and
 * CLUSTER_BASE_IMAGE the stand-in for a base image with CVMFS, as the pods find it.
 */
@ExtendWith(RealEngine.class)
class ClusterDockerIT {
    private static final String KUBECONFIG = System.getenv("CLUSTER_KUBECONFIG");
    private static final String REGISTRY = System.getenv("CLUSTER_REGISTRY");
    private static final String BASE_IMAGE = System.getenv("CLUSTER_BASE_IMAGE");
    private static final String LABEL = "app.kubernetes.io/managed-by=cvmfs-derived-image";

    @BeforeEach
    void needsACluster(Rig rig) {
        assumeTrue(
                KUBECONFIG != null && REGISTRY != null && BASE_IMAGE != null,
                "no cluster is given: CLUSTER_KUBECONFIG, CLUSTER_REGISTRY and CLUSTER_BASE_IMAGE name one");
        rig.set("KUBECONFIG", KUBECONFIG);
    }

    @AfterEach
    void removeKeptBuilders(Rig rig) throws Exception {
        if (KUBECONFIG != null) {
            for (String name : kubectl(rig, "get", "deployments", "--selector=" + LABEL, "--output=name")
                    .lines()
                    .toList()) {
                // buildx gives a builder's config map no label.
                String builder = name.substring(name.indexOf('/') + 1);
                kubectl(rig, "delete", "--ignore-not-found", "--wait=false", name, "configmap/" + builder + "-config");
            }
            Rig.delete(rig.config().resolve("buildx/instances"));
        }
    }

    private static String kubectl(Rig rig, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "kubectl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Ran.of(rig.process(command)).answer();
    }

    private static ImageSpecBuilder image(Rig rig, String run, String... driverOpts) throws Exception {
        rig.write("Dockerfile", "FROM " + BASE_IMAGE + "\n# " + rig.id() + "\nRUN " + run + "\n");
        Map<String, String> options = new LinkedHashMap<>();
        for (String option : driverOpts) {
            options.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new ImageSpecBuilder()
                .tags(List.of(REGISTRY + "/" + rig.id() + ":1"))
                .push(true)
                .builderDriver("kubernetes")
                .buildkitdConfig("[registry.\"" + REGISTRY
                        + "\"]\n  http = true\n[registry.\"docker.io\"]\n  mirrors = [\"" + REGISTRY + "\"]\n")
                .builderDriverOpts(options);
    }

    private static void assertPushed(ImageRecord record) throws Exception {
        String name = record.images().get(0).tag().substring(REGISTRY.length() + 1);
        HttpResponse<Void> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + REGISTRY + "/v2/"
                                        + name.substring(0, name.lastIndexOf(':')) + "/manifests/1"))
                                .header("Accept", record.mediaType())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
        assertThat(record.builderDriver()).isEqualTo("kubernetes");
        assertThat(answer.headers().firstValue("Docker-Content-Digest")).hasValue(record.digest());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout=110s", "replicas=2", "rootless=true"})
    void buildsADockerfile(String option, Rig rig) throws Exception {
        assertPushed(rig.build(image(rig, "echo a >/a", option).insecure(false)));
        assertThat(kubectl(rig, "get", "deployments", "--selector=" + LABEL, "--output=name"))
                .startsWith("deployment.apps/cvmfs-derived-image-");
    }

    @Test
    void mountsForASetupScriptAndLeavesNothing(Rig rig) throws Exception {
        ImageRecord record = rig.build(image(rig, "true")
                .builderKeep(false)
                .mounts("cms.cern.ch")
                .baseImage(BASE_IMAGE)
                .setup("#!/bin/bash\ncp /cvmfs/cms.cern.ch/README /readme\n"));

        assertPushed(record);
        assertThat(record.repositories()).hasSize(1);
        assertThat(kubectl(rig, "get", "deployments", "--selector=" + LABEL, "--output=name"))
                .isEmpty();
    }

    @Test
    void endsWhenItsPodIsDeleted(Rig rig) throws Exception {
        CompletableFuture<Void> deletion = CompletableFuture.runAsync(() -> deletePodOnceRunning(rig));

        assertThatThrownBy(() -> rig.build(image(rig, "sleep 601")))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains("The pod that built was deleted"));
        deletion.join();
    }

    /**
     * The build says nothing of its RUN before it ends, but BuildKit runs it as a process of its pod. Pods of other
     * tests may still be ending, where something else sleeps.
     */
    private static void deletePodOnceRunning(Rig rig) {
        try {
            String[] running = {
                "sh",
                "-c",
                "until kubectl exec \"$(kubectl get pods --selector=" + LABEL + " --output=name)\" -- sh -c "
                        + "'grep -la \"6[0]1\" /proc/[0-9]*/cmdline'; do sleep 1; done; kubectl delete pods --selector="
                        + LABEL + " --wait=false"
            };
            Ran.of(rig.process(running)).answer();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void reportsAMissingNamespace(Rig rig) throws Exception {
        assertThatThrownBy(() -> rig.build(image(rig, "true", "namespace=cvmfs-derived-image-nowhere")))
                .isInstanceOfSatisfying(
                        Rig.BuildFailed.class,
                        failure -> assertThat(failure.finding()).contains("The cluster has no namespace"));
    }

    @Test
    void removesWhatAKilledBuildLeftInTheCluster(Rig rig) throws Exception {
        kubectl(rig, "create", "deployment", "left0", "--image=" + BASE_IMAGE, "--replicas=0");
        kubectl(rig, "label", "deployment", "left0", LABEL);
        kubectl(rig, "annotate", "deployment", "left0", "cvmfs-derived-image-owner=elsewhere a b 1 1 1");

        rig.build(image(rig, "true").builderKeep(false));

        assertThat(kubectl(rig, "get", "deployment", "left0", "--ignore-not-found", "--output=name"))
                .isEmpty();
    }

    /** Another owner: a home, a docker configuration and notes of its own. */
    private static Rig owner(Path state) throws Exception {
        Rig rig = new Rig();
        rig.set("KUBECONFIG", KUBECONFIG);
        rig.set("XDG_STATE_HOME", state.toString());
        return rig;
    }

    /** A build of the command line whose RUN waits, with a builder for it alone. */
    private static FaultBuild waiting(Rig rig) throws Exception {
        ImageSpecBuilder image = image(rig, "sleep 600 || true");
        rig.write(
                "buildkitd.toml",
                image.build(WorkspaceFiles.UNCHECKED).builder().buildkitdConfig());
        FaultBuild build = new FaultBuild(
                rig.id(),
                rig.cli(
                        "build",
                        "--tag=" + REGISTRY + "/" + rig.id() + ":1",
                        "--push",
                        "--builder-driver=kubernetes",
                        "--no-builder-keep",
                        "--buildkitd-config=buildkitd.toml",
                        "--record=record.json"));
        return build.await("its RUN runs", () -> !run(rig, WAITS).isEmpty());
    }

    private static final String WAITS = "grep -la '^slee[p]' /proc/[0-9]*/cmdline || true";
    private static final String GO_ON = "for p in $(" + WAITS + "); do p=${p#/proc/}; kill \"${p%/cmdline}\"; done";

    /** Runs a command in the first pod of all builders. */
    private static String run(Rig rig, String command) throws Exception {
        String pod = kubectl(rig, "get", "pods", "--selector=" + LABEL, "--output=name", "--sort-by=.status.startTime")
                .lines()
                .findFirst()
                .orElse("");
        return pod.isEmpty()
                        || !kubectl(rig, "get", pod, "--ignore-not-found", "--output=jsonpath={.status.phase}")
                                .contains("Running")
                ? ""
                : kubectl(rig, "exec", pod, "--", "sh", "-c", command);
    }

    private static List<String> deployments(Rig rig) throws Exception {
        return kubectl(rig, "get", "deployments", "--selector=" + LABEL, "--output=name")
                .lines()
                .toList();
    }

    @Test
    void anotherOwnerLeavesARunningBuildAlone(Rig one, @TempDir Path state) throws Exception {
        one.set("XDG_STATE_HOME", state.resolve("one").toString());
        Rig other = owner(state);
        try (FaultBuild running = waiting(one)) {
            List<String> builder = deployments(one);
            assertThat(builder).hasSize(1);

            assertPushed(other.build(image(other, "true").builderKeep(false)));
            assertThat(Ran.of(other.cli("reap")).ok()).isTrue();
            assertThat(deployments(one)).isEqualTo(builder);

            run(one, GO_ON);
            assertThat(running.end()).as(running.output()).isZero();
            assertThat(deployments(one)).isEmpty();
        } finally {
            other.close();
        }
    }

    @Test
    void whatAKilledOwnerLeftIsRemovedOnItsOwnMachineAtOnceAndNotOnOthers(Rig one, @TempDir Path state)
            throws Exception {
        one.set("XDG_STATE_HOME", state.resolve("one").toString());
        Rig other = owner(state.resolve("other"));
        Rig elsewhere = owner(state.resolve("elsewhere"));
        Path uname = Files.writeString(state.resolve("uname"), "#!/bin/sh\necho elsewhere\n");
        assertThat(uname.toFile().setExecutable(true)).isTrue();
        elsewhere.set("PATH", state + ":" + System.getenv("PATH"));
        try {
            FaultBuild killed = waiting(one);
            killed.close();
            List<String> left = deployments(one);
            assertThat(left).hasSize(1);

            assertPushed(elsewhere.build(image(elsewhere, "true").builderKeep(false)));
            assertThat(Ran.of(elsewhere.cli("reap")).ok()).isTrue();
            assertThat(deployments(one)).isEqualTo(left);

            assertPushed(other.build(image(other, "true").builderKeep(false)));
            assertThat(deployments(one)).isEmpty();
            assertThat(Ran.of(one.cli("reap")).ok()).isTrue();
        } finally {
            elsewhere.close();
            other.close();
        }
    }

    @Test
    void ownersShareAKeptBuilder(Rig one, @TempDir Path state) throws Exception {
        Rig other = owner(state);
        try {
            ImageSpecBuilder second = image(other, "echo b >/b").insecure(false);
            CompletableFuture<ImageRecord> built = CompletableFuture.supplyAsync(() -> made(other, second));
            ImageRecord first = one.build(image(one, "echo a >/a").insecure(false));

            assertPushed(first);
            assertPushed(built.join());
            assertThat(Ran.of(other.cli("reap")).ok()).isTrue();
            assertThat(deployments(one)).hasSize(1);
            Rig.delete(other.config().resolve("buildx/instances"));
        } finally {
            other.close();
        }
    }

    private static ImageRecord made(Rig rig, ImageSpecBuilder image) {
        try {
            return rig.build(image);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
