package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Pin;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the CVMFS client's set-up. */
final class ClientRules {
    private static final Pattern PROXY =
            Pattern.compile("DIRECT|https?://(?:[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::\\d{1,5})?/?");
    private static final Pattern QUOTA = Pattern.compile("-1|[1-9][0-9]{0,8}");
    private static final Pattern DIRECTORY = Pattern.compile("(?:/(?!\\.\\.?(?:/|$))[A-Za-z0-9._-]{1,99}){2,20}");
    private static final Pattern NAME = Pattern.compile("CVMFS_[A-Z0-9_]+");
    private static final Pattern ONE_LINE = Pattern.compile("\\P{Cntrl}*");

    /** Parameters that follow from options of their own. */
    private static final Map<String, String> OWN = Map.of(
            "CVMFS_HTTP_PROXY", "cvmfsHttpProxy",
            "CVMFS_QUOTA_LIMIT", "cvmfsQuotaLimit",
            "CVMFS_CLIENT_PROFILE", "cvmfsProfile",
            "CVMFS_USE_CDN", "cvmfsUseCdn",
            "CVMFS_CACHE_BASE", "cvmfsCacheBase",
            "CVMFS_REPOSITORY_TAG", "cvmfsPins",
            "CVMFS_REPOSITORY_DATE", "cvmfsPins",
            "CVMFS_ROOT_HASH", "cvmfsPins",
            "CVMFS_MOUNTS", "mounts");

    /** Parameters that the client's own configuration makes read-only: it ignores what others say. */
    private static final Set<String> READ_ONLY =
            Set.of("CVMFS_MOUNT_DIR", "CVMFS_USER", "CVMFS_RELOAD_SOCKETS", "CVMFS_BASE_ENV");

    private final ImageSpecBuilder in;
    private final Problems problems;

    ClientRules(ImageSpecBuilder in, Problems problems) {
        this.in = in;
        this.problems = problems;
    }

    CvmfsClient apply(Mounts mounts) {
        httpProxy();
        problems.matches(
                "cvmfsQuotaLimit", in.cvmfsQuotaLimit, QUOTA, "a number of megabytes is allowed, or -1 for no limit");
        problems.matches("cvmfsProfile", in.cvmfsProfile, Pattern.compile("single"), "single is allowed");
        problems.matches(
                "cvmfsCacheBase",
                in.cvmfsCacheBase,
                DIRECTORY,
                "an absolute path of at least two names is allowed, such as " + CvmfsClient.DEFAULT_CACHE_BASE);
        problems.keysMatch("cvmfsParameters", in.cvmfsParameters, NAME, "CVMFS_NAME=value is allowed");
        problems.allMatch("cvmfsParameters", in.cvmfsParameters.values(), ONE_LINE, "a value of one line is allowed");
        in.cvmfsParameters.forEach((name, value) -> {
            if (READ_ONLY.contains(name)) {
                problems.add(
                        "cvmfsParameters", name + "=" + value, "the client takes this one from nobody; leave it out");
            }
            if (OWN.containsKey(name)) {
                problems.add(
                        "cvmfsParameters",
                        name + "=" + value,
                        "this one follows from " + OWN.get(name) + "; set that instead");
            }
        });
        return new CvmfsClient(
                in.cvmfsHttpProxy,
                in.cvmfsQuotaLimit,
                in.cvmfsProfile,
                in.cvmfsUseCdn,
                in.cvmfsCacheBase,
                pins(mounts),
                SpecRules.copy(in.cvmfsParameters));
    }

    private void httpProxy() {
        String written = in.cvmfsHttpProxy;
        if (written == null || !problems.passable("cvmfsHttpProxy", written)) {
            return;
        }
        boolean good = Arrays.stream(written.split(";", -1))
                .allMatch(group -> group.equals("auto")
                        || Arrays.stream(group.split("\\|", -1))
                                .allMatch(member -> PROXY.matcher(member).matches()));
        if (!good) {
            problems.add(
                    "cvmfsHttpProxy",
                    written,
                    "groups separated by ';' are allowed, each of them auto, or members separated by "
                            + "'|', each of them DIRECT or http://host:port, without user name and password");
        }
    }

    private List<Pin> pins(Mounts mounts) {
        List<Pin> pins = new ArrayList<>();
        Set<String> pinned = new HashSet<>();
        for (String written : in.cvmfsPins) {
            Optional<Pin> pin = problems.passable("cvmfsPins", written) ? Pin.parse(written) : Optional.empty();
            if (pin.isEmpty()) {
                problems.add("cvmfsPins", written, Pin.ALLOWED);
            } else if (!mounts.mayHave(pin.get().repository())) {
                problems.add("cvmfsPins", written, "only a repository that mounts has can be pinned");
            } else if (!pinned.add(pin.get().repository())) {
                problems.add("cvmfsPins", written, "one pin for each repository is allowed");
            }
            pin.ifPresent(pins::add);
        }
        return List.copyOf(pins);
    }
}
