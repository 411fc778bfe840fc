package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The CVMFS client's set-up as files below {@code /etc/cvmfs}. The client reads files alone: a build argument or a
 * variable of the environment changes nothing.
 */
public final class ClientFiles {
    /** What holds for all repositories. */
    public static final String DEFAULT = "default.local";

    /** What the agent's own {@code /cvmfs} is held against. */
    private static final String PINS = "pins";

    /** The directory beside what mounts, in which it finds them. */
    public static final String FOLDER = "client";

    private ClientFiles() {}

    /** Whether a build has any. A Dockerfile of the user's may mount what no option says. */
    public static boolean has(ImageSpec spec) {
        boolean mounts =
                spec.source() instanceof Source.Dockerfile || spec.mounts().any();
        return mounts && !of(spec).isEmpty();
    }

    /**
     * The files' texts by their path below {@code /etc/cvmfs}; none where nothing is set.
     *
     * <p>What a domain's own configuration sets, such as the servers, goes before default.local; what a repository's
     * file sets goes before both.
     */
    public static Map<String, String> of(ImageSpec spec) {
        CvmfsClient client = spec.client();
        if (spec.readsHost()) {
            return pins(client);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "CVMFS_HTTP_PROXY", client.httpProxy());
        put(parameters, "CVMFS_QUOTA_LIMIT", client.quotaLimit());
        put(parameters, "CVMFS_CLIENT_PROFILE", client.profile());
        put(parameters, "CVMFS_USE_CDN", client.useCdn() == null ? null : client.useCdn() ? "yes" : "no");
        put(parameters, "CVMFS_CACHE_BASE", client.cacheBase());
        parameters.putAll(client.parameters());
        Map<String, String> files = new LinkedHashMap<>();
        parameters.forEach((name, value) -> append(files, DEFAULT, name, value));
        for (String repository : spec.mounts().repositories()) {
            client.parameters().forEach((name, value) -> append(files, file(repository), name, value));
        }
        client.pins().forEach(pin -> append(files, file(pin.repository()), pin.parameter(), pin.value()));
        return files;
    }

    /** The agent's client decides all else; what is mounted is held against the root hashes. */
    private static Map<String, String> pins(CvmfsClient client) {
        Map<String, String> files = new LinkedHashMap<>();
        client.pins().forEach(pin -> files.merge(PINS, pin.repository() + " " + pin.value() + "\n", String::concat));
        return files;
    }

    private static String file(String repository) {
        return "config.d/" + repository + ".local";
    }

    private static void append(Map<String, String> files, String path, String name, String value) {
        files.merge(path, line(name, value), String::concat);
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
