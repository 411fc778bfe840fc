package io.jenkins.plugins.cvmfs.engine.spec;

import java.util.List;
import java.util.Map;

/**
 * What a build may be told besides its source and its results; names and values are those of build-push-action.
 *
 * @param buildArgs values of a Dockerfile's ARGs, or of environment variables of a setup script
 * @param labels labels of the image
 * @param annotations OCI annotations, {@code [type:]key=value}
 * @param platforms platforms to build for, {@code os/arch[/variant]}
 * @param buildContexts additional build contexts by name
 * @param cacheFrom external caches to read
 * @param cacheTo external caches to write
 * @param noCache whether nothing is taken from the builder's cache
 * @param pull whether base images are looked up again
 * @param secrets build secrets, {@code id=...,src=...} or {@code id=...,env=...}
 * @param ssh agent sockets or keys, {@code default|id[=path]}
 * @param provenance the provenance attestation ({@code true}, {@code false}, {@code mode=max}), or null for docker's
 *     default
 * @param sbom the SBOM attestation ({@code true}, {@code false}, {@code generator=...}), or null for docker's default
 * @param outputs further outputs, {@code type=oci,dest=image.tar}
 * @param addHosts entries of /etc/hosts, {@code host:address}
 * @param network the network of the build, or null
 * @param ulimits limits, {@code name=soft[:hard]}
 * @param shmSize size of /dev/shm, {@code 64m}, or null
 * @param call {@code check} to have BuildKit check the Dockerfile and build nothing, else {@code build} or null
 */
public record BuildOptions(
        Map<String, String> buildArgs,
        Map<String, String> labels,
        List<String> annotations,
        List<String> platforms,
        Map<String, String> buildContexts,
        List<String> cacheFrom,
        List<String> cacheTo,
        boolean noCache,
        boolean pull,
        List<String> secrets,
        List<String> ssh,
        String provenance,
        String sbom,
        List<String> outputs,
        List<String> addHosts,
        String network,
        List<String> ulimits,
        String shmSize,
        String call) {
    /** Whether the Dockerfile is only checked, and no image made. */
    public boolean onlyChecks() {
        return "check".equals(call);
    }

    /** Whether the image comes with attestations. */
    public boolean attests() {
        return isAsked(provenance) || isAsked(sbom);
    }

    private static boolean isAsked(String attestation) {
        return attestation != null && !attestation.equals("false");
    }
}
