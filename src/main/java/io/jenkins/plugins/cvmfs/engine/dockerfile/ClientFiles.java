package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of the CVMFS client as files below {@code /etc/cvmfs}. The client reads only files: build arguments and
 * environment variables have no effect.
 */
public final class ClientFiles {
    /** Settings for all repositories. */
    public static final String DEFAULT = "default.local";

    /** Settings that the agent's own {@code /cvmfs} is checked against. */
    private static final String PINS = "pins";

    /** The directory beside the mount script in which it finds them. */
    public static final String FOLDER = "client";

    private ClientFiles() {}

    /** Whether a build has any. A user's Dockerfile may mount repositories that no option names. */
    public static boolean has(ImageSpec spec) {
        boolean mounts =
                spec.source() instanceof Source.Dockerfile || spec.mounts().any();
        return mounts && !of(spec).isEmpty();
    }

    /**
     * The files' texts by path below {@code /etc/cvmfs}; empty if nothing is set.
     *
     * <p>The configuration of a domain, such as its servers, takes precedence over default.local, and a repository's
     * file over both.
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

    /** The agent's client decides everything else. The mounted states are checked against the root hashes. */
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
