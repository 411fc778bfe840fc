package io.jenkins.plugins.cvmfs.engine.tags;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.BuildStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Facts about an image before it is built, by the names of the OCI image specification. The digest of a base image is
 * known only if its reference has one, the state of a repository only if it is pinned. The record contains both after
 * the build.
 */
final class OciMetadata {
    private static final String OCI = "org.opencontainers.image.";

    /** Our own name, since no standard one exists: the mounted repositories, with the states of pinned ones. */
    static final String REPOSITORIES = "io.jenkins.plugins.cvmfs.repositories";

    private OciMetadata() {}

    /**
     * @param version the tag of the highest priority
     * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build
     */
    static Map<String, String> of(
            GivenOptions given, RunFacts facts, Optional<String> version, Optional<String> dockerfile) {
        Map<String, String> all = new LinkedHashMap<>();
        facts.get(Fact.SOURCE).ifPresent(value -> all.put(OCI + "source", value));
        facts.get(Fact.COMMIT).ifPresent(value -> all.put(OCI + "revision", value));
        all.put(OCI + "created", DateTimeFormatter.ISO_INSTANT.format(facts.now()));
        facts.get(Fact.URL).ifPresent(value -> all.put(OCI + "url", value));
        version.ifPresent(value -> all.put(OCI + "version", value));
        base(given, dockerfile).flatMap(ImageReference::parse).ifPresent(base -> {
            String tag = base.tag() == null && base.digest() == null
                    ? ":latest"
                    : base.tag() == null ? "" : ":" + base.tag();
            all.put(OCI + "base.name", base.canonicalName() + tag);
            if (base.digest() != null) {
                all.put(OCI + "base.digest", base.digest());
            }
        });
        repositories(given).ifPresent(value -> all.put(REPOSITORIES, value));
        return all;
    }

    private static Optional<String> base(GivenOptions given, Optional<String> dockerfile) {
        boolean setup =
                given.has(ImageTable.SETUP) || given.has(ImageTable.SETUP_FILE) || given.has(ImageTable.SETUP_URL);
        if (setup) {
            return Optional.of(
                    Optional.ofNullable(given.text(ImageTable.BASE_IMAGE)).orElse(ImageTable.DEFAULT_BASE_IMAGE));
        }
        return dockerfile.flatMap(Dockerfile::parse).flatMap(file -> base(file, given));
    }

    /** The base image of the built stage, through intermediate stages. */
    private static Optional<String> base(Dockerfile file, GivenOptions given) {
        List<BuildStage> stages = file.stages();
        String target = given.text(ImageTable.TARGET);
        Map<String, String> globals = file.globals(given.map(BuildTable.BUILD_ARGS));
        int at = target == null ? stages.size() - 1 : named(stages, target, stages.size());
        while (at >= 0) {
            String base = stages.get(at).base();
            int parent = named(stages, base, at);
            if (parent < 0) {
                String image = replaced(base, globals);
                boolean known = image.indexOf('$') < 0
                        && !image.equals("scratch")
                        && !given.map(BuildTable.BUILD_CONTEXTS).containsKey(image);
                return known ? Optional.of(image) : Optional.empty();
            }
            at = parent;
        }
        return Optional.empty();
    }

    private static int named(List<BuildStage> stages, String name, int before) {
        for (int i = before - 1; i >= 0; i--) {
            if (name.equalsIgnoreCase(stages.get(i).name())) {
                return i;
            }
        }
        return -1;
    }

    private static String replaced(String text, Map<String, String> variables) {
        String replaced = text;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            replaced = replaced.replace("${" + variable.getKey() + "}", variable.getValue());
            if (replaced.equals("$" + variable.getKey())) {
                replaced = variable.getValue();
            }
        }
        return replaced;
    }

    private static Optional<String> repositories(GivenOptions given) {
        Optional<Mounts> mounts =
                Optional.ofNullable(given.text(ImageTable.MOUNTS)).flatMap(Mounts::parse);
        Map<String, String> pins = given.list(ClientTable.PINS).stream()
                .map(pin -> pin.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
        return mounts.filter(Mounts::any)
                .map(Mounts::text)
                .map(text -> List.of(text.split(" ")).stream()
                        .map(name -> pins.containsKey(name) ? name + "@" + pins.get(name) : name)
                        .collect(Collectors.joining(" ")));
    }
}
