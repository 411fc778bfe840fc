package io.jenkins.plugins.cvmfs.engine.options;

import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import java.util.regex.Pattern;

/** Requirements of several options, or of some values of one. */
final class Gates {
    private static final Pattern ELSEWHERE = Pattern.compile("(?:.*,)?type=(?!local|tar|cacheonly).*", Pattern.DOTALL);

    static final Gate ATTESTED =
            Gate.buildx("0.10").and(Part.BUILDKIT, "0.11").or("update it, or omit the attestation");

    static final Gate SEVERAL_PLATFORMS = Gate.containerd()
            .when("several", in -> in.list(BuildTable.PLATFORMS).size() > 1);

    static final Gate CACHES = Gate.containerd()
            .when(
                    "other than inline",
                    in -> in.list(BuildTable.CACHE_TO).stream().anyMatch(cache -> !cache.equals("type=inline")));

    static final Gate SEVERAL_OUTPUTS = Gate.containerd()
            .and(Part.BUILDX, "0.13")
            .and(Part.BUILDKIT, "0.13")
            .when("several in all", Gates::areSeveral)
            .or("update it, or use one of load, push and outputs");

    static final Gate OUTPUTS = Gate.containerd()
            .when(
                    "images, such as type=oci",
                    in -> in.list(BuildTable.OUTPUTS).stream().anyMatch(ELSEWHERE.asMatchPredicate()));

    private Gates() {}

    /** An image with an output is loaded only if {@code load} is set. */
    private static boolean areSeveral(GivenOptions in) {
        boolean image = in.flag(ImageTable.PUSH) || Boolean.TRUE.equals(in.choice(ImageTable.LOAD));
        return in.list(BuildTable.OUTPUTS).size() > (image ? 0 : 1);
    }
}
