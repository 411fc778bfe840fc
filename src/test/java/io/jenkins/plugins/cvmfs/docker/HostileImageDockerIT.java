package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.ImageRecord;
import io.jenkins.plugins.cvmfs.engine.record.MountedRepository;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Images in which the file that says what was mounted is something else: nothing of it gets into the private directory
 * but at most 64 KiB of text.
 */
@ExtendWith(RealEngine.class)
class HostileImageDockerIT {
    private static final String FILE = "/usr/share/cvmfs-derived-image/repositories";
    private static final long MOST = 65536;

    /** What is done in the image, and what a build is told of it. */
    private enum Trick {
        /** Executable files by the names of those that control a build, and a word of a repository. */
        DIRECTORY(
                "mkdir -p $f/durable/exit $f/docker/cli-plugins $f/results; echo 'cms.cern.ch 1 -' >$f/repositories; "
                        + "for n in build.sh lib.sh pid durable/stop.sh docker/cli-plugins/docker-buildx results/iid; do "
                        + "printf '#!/bin/sh\ntouch SECRET.pwned\n' >$f/$n; chmod 4755 $f/$n; done",
                List.of("cms.cern.ch"),
                null),
        LINK("ln -s SECRET $f", List.of(), null),
        LINK_TO_A_DEVICE("ln -s /dev/zero $f", List.of(), null),
        FIFO("mkfifo $f", List.of(), null),
        LARGE("head -c 100000000 /dev/zero | tr '\\0' a >$f", List.of(), null),
        EXECUTABLE("echo 'cms.cern.ch 1 -' >$f; chmod 6777 $f", List.of("cms.cern.ch"), null),
        NOT_TEXT("head -c 1000 /dev/urandom >$f", null, "something else than text"),
        NO_REPOSITORY("echo '$(id);x 1 -' >$f", null, "repository");

        private final String commands;
        private final List<String> told;
        private final String refused;

        Trick(String commands, List<String> told, String refused) {
            this.commands = commands;
            this.told = told;
            this.refused = refused;
        }

        String script(Path secret) {
            return "f=" + FILE + "; mkdir -p ${f%/*}; rm -rf $f; " + commands.replace("SECRET", secret.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void hasNoHoldOnABuildByTheEnginesOwnBuilder(Trick trick, Rig rig) throws Exception {
        buildx(
                trick,
                new ImageSpecBuilder().tags(List.of(rig.local("a:1"))).builderDriver("docker"),
                Rig.baseImage(),
                rig);
    }

    @ParameterizedTest
    @EnumSource
    void hasNoHoldOnABuildByABuilderInAContainer(Trick trick, Rig rig) throws Exception {
        ContainerBuilderDockerIT.requireBuildKit(rig);

        buildx(trick, ContainerBuilderDockerIT.image(rig, rig.local("a:1")), Rig.baseImageInRegistry(), rig);
        ContainerBuilderDockerIT.removeBuilder(rig);
    }

    private static void buildx(Trick trick, ImageSpecBuilder options, String base, Rig rig) throws Exception {
        Path secret = secret(rig);
        rig.write("trick", trick.script(secret) + "\n");
        rig.write(
                "Dockerfile",
                "FROM " + base + "\nUSER root\nCOPY trick /trick\n"
                        + "RUN --mount=type=bind,from=cvmfs-helper,target=/cvmfs-helper sh /trick\n");

        check(trick, options.insecure(false).mounts("cms.cern.ch"), rig, secret);
    }

    /** The script runs as the user; what runs as root is the base image's. */
    @ParameterizedTest
    @EnumSource
    void hasNoHoldOnABuildWithCommit(Trick trick, Rig rig) throws Exception {
        Path secret = secret(rig);
        String base = rig.local("base:1");
        rig.write("run.sh", "#!/bin/bash\n" + trick.script(secret) + "\nexec \"$@\"\n");
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nUSER root\nCOPY --chmod=755 run.sh /run.sh\n");
        rig.build(new ImageSpecBuilder()
                .tags(List.of(base))
                .builderDriver("docker")
                .insecure(false));

        check(
                trick,
                new ImageSpecBuilder()
                        .tags(List.of(rig.local("a:1")))
                        .strategy("commit")
                        .baseImage(base)
                        .wipeCache(false)
                        .mounts("cms.cern.ch")
                        .setup("#!/bin/bash\ntrue\n"),
                rig,
                secret);
    }

    private static Path secret(Rig rig) throws Exception {
        return Files.writeString(rig.home().resolve("secret"), "cms.cern.ch 4711 -\n");
    }

    private static void check(Trick trick, ImageSpecBuilder options, Rig rig, Path secret) throws Exception {
        TestSite site = new TestSite(rig);
        Set<String> named = new TreeSet<>();
        try {
            ImageRecord record = rig.build(options, site);
            assertThat(trick.refused)
                    .as("a build that told " + record.repositories())
                    .isNull();
            record.repositories().stream().map(MountedRepository::name).forEach(named::add);
            assertThat(named).containsExactlyInAnyOrderElementsOf(trick.told);
        } catch (Rig.BuildFailed e) {
            assertThat(e.finding()).contains(trick.refused == null ? "no failure" : trick.refused);
        }
        assertThat(site.left().keySet())
                .allSatisfy(path -> assertThat(path)
                        .doesNotStartWith("durable/")
                        .doesNotStartWith("docker/")
                        .doesNotContain("cli-plugins"));
        assertThat(site.left().keySet().stream().filter(path -> path.startsWith(ResultFile.FOLDER)))
                .isSubsetOf(
                        Arrays.stream(ResultFile.values()).map(ResultFile::path).toList());
        assertThat(site.left().getOrDefault(ResultFile.REPOSITORIES.path(), 0L)).isLessThanOrEqualTo(MOST);
        assertThat(Path.of(secret + ".pwned")).doesNotExist();
        assertThat(secret).hasContent("cms.cern.ch 4711 -");
    }
}
