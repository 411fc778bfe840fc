package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.Pin;
import java.util.List;
import java.util.Map;

/**
 * Settings of the CVMFS client while the image is built, by CVMFS's own names. The base image's configuration applies
 * to everything else.
 *
 * @param httpProxy {@code CVMFS_HTTP_PROXY}: groups separated by {@code ;}, members by {@code |}; or null
 * @param quotaLimit {@code CVMFS_QUOTA_LIMIT}, the cache's size in megabytes; or null
 * @param profile {@code CVMFS_CLIENT_PROFILE}; or null
 * @param useCdn {@code CVMFS_USE_CDN}; or null
 * @param cacheBase {@code CVMFS_CACHE_BASE}, the cache's directory; or null
 * @param pins the states in which repositories are mounted
 * @param parameters further {@code CVMFS_*} parameters
 */
public record CvmfsClient(
        String httpProxy,
        String quotaLimit,
        String profile,
        Boolean useCdn,
        String cacheBase,
        List<Pin> pins,
        Map<String, String> parameters) {
    /** The client's cache directory in the base image. */
    public static final String DEFAULT_CACHE_BASE = ClientTable.DEFAULT_CACHE_BASE;

    /** The directory of the client's cache. */
    public String cacheDirectory() {
        return cacheBase == null ? DEFAULT_CACHE_BASE : cacheBase;
    }
}
