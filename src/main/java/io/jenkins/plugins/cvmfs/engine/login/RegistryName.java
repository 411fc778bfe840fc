package io.jenkins.plugins.cvmfs.engine.login;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.util.List;
import java.util.regex.Pattern;

/** The names of a registry: Docker Hub has several, and yet another one in docker's configuration. */
public final class RegistryName {
    private static final String HUB_KEY = "https://index.docker.io/v1/";
    private static final Pattern HUB =
            Pattern.compile("(?:index\\.|registry-1\\.|registry\\.hub\\.|hub\\.)?docker\\.(?:io|com)");

    private RegistryName() {}

    /**
     * The canonical name of a registry.
     *
     * @param host host and port, as in a reference or a configuration
     */
    public static String of(String host) {
        return HUB.matcher(host).matches() ? ImageReference.DOCKER_HUB : host;
    }

    /**
     * The keys under which docker's configuration must contain a registry's login, however references spell its name.
     */
    public static List<String> keys(String host) {
        return HUB.matcher(host).matches()
                ? List.of(HUB_KEY, "registry.hub.docker.com", "registry-1.docker.io")
                : List.of(host);
    }

    /**
     * The host and port that a key of docker's configuration names.
     *
     * @param key a host, or a URL
     */
    static String ofKey(String key) {
        String address = key.replaceFirst("^https?://", "");
        int slash = address.indexOf('/');
        return of(slash < 0 ? address : address.substring(0, slash));
    }
}
