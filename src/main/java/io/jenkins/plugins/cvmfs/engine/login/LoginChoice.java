package io.jenkins.plugins.cvmfs.engine.login;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configured logins that a build uses. Several logins may be for repositories of one registry; the longest matching
 * path wins. docker supports only one login for each registry, so all tags of a registry must need the same one.
 *
 * @param ids identifies the login, by registry; Docker Hub by its canonical name
 * @param warnings images that are read with a login other than the configured one, a line each
 */
public record LoginChoice(Map<String, String> ids, List<String> warnings) {
    /**
     * Chooses.
     *
     * @param configured all logins; of two for the same repositories, the first one is used
     * @param pushed the tags
     * @param read other images that the build reads or writes; if docker needs a single login, that of the tags is used
     * @throws InvalidSpecException if two tags of a registry need different logins
     */
    public static LoginChoice of(
            List<ConfiguredLogin> configured, Collection<ImageReference> pushed, Collection<ImageReference> read)
            throws InvalidSpecException {
        Map<String, String> ids = new LinkedHashMap<>();
        Map<String, ImageReference> users = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (ImageReference tag : pushed) {
            String host = RegistryName.of(tag.registry());
            Optional<String> id = id(configured, tag);
            String other = id.isEmpty() ? null : ids.putIfAbsent(host, id.get());
            if (other != null && !other.equals(id.get())) {
                problems.add(
                        new Problem(
                                "tags",
                                tag.toString(),
                                "expected tags of " + host
                                        + " that use one login, since docker has one for each registry; "
                                        + users.get(host) + " uses the credentials '" + other + "', this tag '"
                                        + id.get()
                                        + "'. Fix: build the image once for each, or configure credentials that may push both."));
            }
            users.putIfAbsent(host, tag);
        }
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
        List<String> warnings = new ArrayList<>();
        for (ImageReference image : read) {
            String host = RegistryName.of(image.registry());
            Optional<String> id = id(configured, image);
            String other = id.isEmpty() ? null : ids.putIfAbsent(host, id.get());
            if (other != null && !other.equals(id.get())) {
                warnings.add("Warning: " + image + " is read with the credentials '" + other + "', not with '"
                        + id.get() + "': docker has one login for each registry.");
            }
        }
        return new LoginChoice(Map.copyOf(ids), List.copyOf(warnings));
    }

    private static Optional<String> id(List<ConfiguredLogin> configured, ImageReference image) {
        return configured.stream()
                .filter(login -> login.isFor(image))
                .sorted(Comparator.comparingInt(
                        (ConfiguredLogin login) -> -login.path().length()))
                .map(ConfiguredLogin::id)
                .findFirst();
    }
}
