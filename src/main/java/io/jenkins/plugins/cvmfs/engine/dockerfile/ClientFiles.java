package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Pin;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CVMFS client's set-up as files below {@code /etc/cvmfs}. The client reads files alone: a build argument or a variable
 * of the environment changes nothing.
 */
public final class ClientFiles {
    /** What holds for all repositories. */
    public static final String DEFAULT = "default.local";

    /** The directory beside what mounts, in which it finds them. */
    public static final String FOLDER = "client";

    private ClientFiles() {}

    /** Whether a build has any. A Dockerfile of the user's may mount what no option says. */
    public static boolean has(ImageSpec spec) {
        boolean mounts = spec.source() instanceof Source.Dockerfile || spec.mounts().any();
        return mounts && !of(spec.client()).isEmpty();
    }

    /** The files' texts by their path below {@code /etc/cvmfs}; none where nothing is set. */
    public static Map<String, String> of(CvmfsClient client) {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "CVMFS_HTTP_PROXY", client.httpProxy());
        put(parameters, "CVMFS_QUOTA_LIMIT", client.quotaLimit());
        put(parameters, "CVMFS_CLIENT_PROFILE", client.profile());
        put(parameters, "CVMFS_USE_CDN", client.useCdn() == null ? null : client.useCdn() ? "yes" : "no");
        put(parameters, "CVMFS_CACHE_BASE", client.cacheBase());
        parameters.putAll(client.parameters());
        Map<String, String> files = new LinkedHashMap<>();
        if (!parameters.isEmpty()) {
            StringBuilder text = new StringBuilder();
            parameters.forEach((name, value) -> text.append(line(name, value)));
            files.put(DEFAULT, text.toString());
        }
        for (Pin pin : client.pins()) {
            files.put("config.d/" + pin.repository() + ".local", line(pin.parameter(), pin.value()));
        }
        return files;
    }

    private static void put(Map<String, String> parameters, String name, String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    private static String line(String name, String value) {
        return name + "=" + ShellWord.literal(value).render() + "\n";
    }
}
