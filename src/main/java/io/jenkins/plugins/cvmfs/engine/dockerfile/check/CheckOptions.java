package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the checks need to know about the build of a Dockerfile.
 *
 * @param cvmfs what the build does with CVMFS
 * @param builder the builder, whose own frontend reads a file that names none
 * @param target the stage to build, or null for the last
 * @param buildArgs the build's arguments
 * @param contexts the names of the build's own named contexts
 * @param secretNames whether the name of an ARG looks like that of a secret
 */
public record CheckOptions(
        Cvmfs cvmfs,
        Builder builder,
        String target,
        Map<String, String> buildArgs,
        Set<String> contexts,
        Predicate<String> secretNames) {
    /**
     * What a build does with CVMFS.
     *
     * @param wanted whether CVMFS may be mounted: false for mounts "none"
     * @param mounts whether the build gives ARG_CVMFS_MOUNTS
     * @param uid whether the build gives ARG_MY_UID
     * @param gid whether the build gives ARG_MY_GID
     * @param insecure whether the build has the entitlement security.insecure
     * @param host whether the build reads the agent's own /cvmfs, instead of mounting
     */
    public record Cvmfs(boolean wanted, boolean mounts, boolean uid, boolean gid, boolean insecure, boolean host) {}

    /**
     * A builder.
     *
     * @param image its BuildKit image; null if unknown
     * @param certain whether the build certainly uses this builder
     */
    public record Builder(String image, boolean certain) {}
}
