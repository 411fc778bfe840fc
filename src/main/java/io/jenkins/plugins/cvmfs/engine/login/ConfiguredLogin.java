package io.jenkins.plugins.cvmfs.engine.login;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A configured login for a registry, or for some of its repositories.
 *
 * @param host host and port of the registry; Docker Hub by its canonical name
 * @param path the first parts of the repositories' names, or an empty text for all
 * @param id identifies the login for the front end
 */
public record ConfiguredLogin(String host, String path, String id) {
    private static final Pattern SCHEME = Pattern.compile("^https?://");

    /** The path of a registry's API after the host, which names no repository. */
    private static final Pattern API = Pattern.compile("v[12](?:/.*)?");

    /**
     * Reads an address such as {@code registry.example.org:5000/cms}; empty if it names no registry.
     *
     * @param url with or without {@code https://}
     */
    public static Optional<ConfiguredLogin> of(String url, String id) {
        String address = SCHEME.matcher(url.strip()).replaceFirst("").replaceFirst("/+$", "");
        int slash = address.indexOf('/');
        String host = slash < 0 ? address : address.substring(0, slash);
        String path = slash < 0 ? "" : address.substring(slash + 1);
        String repositories = API.matcher(path).matches() ? "" : path;
        String image = host + "/" + (repositories.isEmpty() ? "" : repositories + "/") + "image";
        return ImageReference.parse(image)
                .filter(reference -> reference.name().equals(image))
                .filter(reference -> RegistryName.of(reference.registry()).equals(RegistryName.of(host)))
                .map(reference -> new ConfiguredLogin(RegistryName.of(host), repositories, id));
    }

    boolean isFor(ImageReference image) {
        return host.equals(RegistryName.of(image.registry()))
                && (path.isEmpty() || (image.repository() + "/").startsWith(path + "/"));
    }
}
