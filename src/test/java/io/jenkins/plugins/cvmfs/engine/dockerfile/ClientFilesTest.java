package io.jenkins.plugins.cvmfs.engine.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.jenkins.plugins.cvmfs.engine.Specs;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The client's set-up in files, and where a generated Dockerfile has them. */
class ClientFilesTest {
    private static final String HASH = "0123456789".repeat(4);

    private static ImageSpecBuilder image() {
        return Specs.setup().mounts("cms.cern.ch sft.cern.ch");
    }

    private static String dockerfile(ImageSpecBuilder options) {
        return files(options).stream()
                .filter(file -> file.path().equals("context/Dockerfile"))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static List<PlannedFile> files(ImageSpecBuilder options) {
        return BuildPlan.of(Specs.valid(options), "id").files();
    }

    @Test
    void thereAreNoneIfNothingIsSet() {
        assertThat(ClientFiles.of(Specs.valid(image()))).isEmpty();
        assertThat(files(image())).noneMatch(file -> file.path().contains("client"));
    }

    @Test
    void commonSettingsAreInOneFileAndPinsInOneEach() {
        ImageSpec spec = Specs.valid(image().cvmfsHttpProxy("http://a:1|http://b:2;DIRECT")
                .cvmfsQuotaLimit("4000")
                .cvmfsProfile("single")
                .cvmfsUseCdn(true)
                .cvmfsCacheBase("/var/lib/cvmfs")
                .cvmfsParameters(Map.of("CVMFS_NFILES", "it's"))
                .cvmfsPins(List.of("cms.cern.ch=" + HASH, "sft.cern.ch=tag:v1")));

        assertThat(ClientFiles.of(spec))
                .containsExactly(
                        entry("default.local", """
                        CVMFS_HTTP_PROXY='http://a:1|http://b:2;DIRECT'
                        CVMFS_QUOTA_LIMIT=4000
                        CVMFS_CLIENT_PROFILE=single
                        CVMFS_USE_CDN=yes
                        CVMFS_CACHE_BASE=/var/lib/cvmfs
                        CVMFS_NFILES='it'\\''s'
                        """),
                        entry("config.d/cms.cern.ch.local", "CVMFS_NFILES='it'\\''s'\nCVMFS_ROOT_HASH=" + HASH + "\n"),
                        entry("config.d/sft.cern.ch.local", "CVMFS_NFILES='it'\\''s'\nCVMFS_REPOSITORY_TAG=v1\n"));
    }

    @Test
    void theBuildContextHasThemAndNoLayerHas() {
        ImageSpecBuilder options = image().cvmfsHttpProxy("DIRECT").cvmfsPins(List.of("cms.cern.ch=" + HASH));
        assertThat(files(options))
                .contains(
                        new PlannedFile("context/client/default.local", "CVMFS_HTTP_PROXY=DIRECT\n", false),
                        new PlannedFile(
                                "context/client/config.d/cms.cern.ch.local", "CVMFS_ROOT_HASH=" + HASH + "\n", false));
        assertThat(dockerfile(options)).doesNotContain("COPY client", "COPY .", "ADD ", "CVMFS_HTTP_PROXY", HASH);
    }

    @Test
    void theCacheIsAMountWhereTheClientHasIt() {
        assertThat(dockerfile(image()))
                .contains("--mount=type=cache,id=cvmfs-derived-image,sharing=private,target=/var/cache/cvmfs2 ");
        assertThat(dockerfile(image().cvmfsCacheBase("/var/lib/cvmfs"))).contains(",target=/var/lib/cvmfs ");
        assertThat(dockerfile(Specs.setup().mounts("none"))).doesNotContain("type=cache");
    }

    @Test
    void withoutMountsThereIsNothingToSetUp() {
        ImageSpecBuilder options = Specs.setup().mounts("none").insecure(false).cvmfsHttpProxy("DIRECT");
        assertThat(files(options)).noneMatch(file -> file.path().contains("client"));
    }
}
