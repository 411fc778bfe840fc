package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the checks must know of the build that a Dockerfile is for.
 *
 * @param cvmfs what the build is told about CVMFS
 * @param builder the builder whose own frontend reads the file where it names none
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
     * What a build is told about CVMFS.
     *
     * @param wanted whether it may be mounted: false for mounts "none"
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
     * @param image its BuildKit image; null where it is unknown which BuildKit it runs
     * @param certain whether the build uses that one and no other
     */
    public record Builder(String image, boolean certain) {}
}
