package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What an image was asked to be made from, so that it can be built again. The fields are the options of the same names,
 * as they were given; what looks like a secret is left out.
 *
 * @param source the option that gave the source: {@code dockerfile}, {@code setup}, {@code setupFile} or
 *     {@code setupUrl}
 * @param sourceSha256 the sha256 of the Dockerfile, or of the setup script, when the build began; or null where that is
 *     not known
 * @param uid as it was given, or else the building user's
 * @param gid as it was given, or else the building user's
 * @param leftOut what is not here, since it looks like a secret or is one
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record BuildInputs(
        String source,
        String sourceSha256,
        String dockerfile,
        String context,
        String target,
        String setupFile,
        String setupUrl,
        String baseImage,
        Map<String, String> buildArgs,
        Map<String, String> labels,
        List<String> annotations,
        List<String> platforms,
        Map<String, String> buildContexts,
        String cvmfsHttpProxy,
        String cvmfsQuotaLimit,
        String cvmfsProfile,
        Boolean cvmfsUseCdn,
        String cvmfsCacheBase,
        Map<String, String> cvmfsParameters,
        String uid,
        String gid,
        boolean insecure,
        boolean wipeCache,
        List<LeftOut> leftOut) {
    /** In JSON nothing stands for empty. */
    public BuildInputs {
        buildArgs = buildArgs == null ? Map.of() : buildArgs;
        labels = labels == null ? Map.of() : labels;
        annotations = annotations == null ? List.of() : annotations;
        platforms = platforms == null ? List.of() : platforms;
        buildContexts = buildContexts == null ? Map.of() : buildContexts;
        cvmfsParameters = cvmfsParameters == null ? Map.of() : cvmfsParameters;
        leftOut = leftOut == null ? List.of() : leftOut;
    }

    /**
     * A value that the record does not have.
     *
     * @param option the option
     * @param name which one of an option that has several values, or null
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LeftOut(String option, String name) {}
}
