package io.jenkins.plugins.cvmfs.engine.tags;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.NameTable;
import io.jenkins.plugins.cvmfs.engine.options.TagRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Adds tags, labels and annotations to an image by rules. */
public final class Naming {
    private final RunFacts facts;

    public Naming(RunFacts facts) {
        this.facts = facts;
    }

    /** Whether a description uses any rules, which need the facts of the run. */
    public static boolean isAsked(GivenOptions given) {
        return given.has(NameTable.TAG_RULES) || describes(given, "labels") || describes(given, "annotations");
    }

    private static boolean describes(GivenOptions given, String kind) {
        String asked = given.text(NameTable.OCI_METADATA);
        return kind.equals(asked) || "all".equals(asked);
    }

    /**
     * The same description with its tags. Mistakes in the rules are reported when the description is checked.
     *
     * @return the options, in which each name without a tag has the tags of the rules; others are unchanged
     */
    public GivenOptions tagged(GivenOptions given) {
        List<TagRule> rules = given.list(NameTable.TAG_RULES).stream()
                .flatMap(text -> TagRule.parse(text).stream())
                .toList();
        if (rules.isEmpty() || rules.size() < given.list(NameTable.TAG_RULES).size()) {
            return given;
        }
        Set<String> tags = new RuleTags(facts).of(rules);
        List<String> written = given.list(ImageTable.TAGS);
        if (written.stream().noneMatch(Naming::isBare)) {
            refuse(given, "they generate tags for names in {tags} without a tag, but each name has one");
        } else if (tags.isEmpty()) {
            refuse(given, "none of them generates a tag in this run, which knows " + facts);
        } else {
            Set<String> names = new LinkedHashSet<>();
            for (String name : written) {
                if (isBare(name)) {
                    tags.forEach(tag -> names.add(name + ":" + tag));
                } else {
                    names.add(name);
                }
            }
            return with(given, names);
        }
        return given;
    }

    /**
     * Messages about the result, one per line.
     *
     * @param given options with their tags
     */
    public List<String> lines(GivenOptions given) {
        List<String> lines = new ArrayList<>(facts.warnings());
        if (given.has(NameTable.TAG_RULES)) {
            lines.add("Tags: " + String.join(", ", given.list(ImageTable.TAGS)));
        }
        return lines;
    }

    private static void refuse(GivenOptions given, String text) {
        given.refuse(NameTable.TAG_RULES, given.shown(NameTable.TAG_RULES), text);
    }

    private static boolean isBare(String name) {
        return ImageReference.parse(name)
                .filter(reference -> reference.tag() == null && reference.digest() == null)
                .isPresent();
    }

    private static GivenOptions with(GivenOptions given, Set<String> names) {
        return given.without(List.of(ImageTable.TAGS)).give(ImageTable.TAGS, names);
    }

    /**
     * The same description with the requested labels and annotations. Those of the user take precedence.
     *
     * @param given options with their tags
     * @param dockerfile the text of the Dockerfile; empty if it cannot be read before the build
     */
    public GivenOptions described(GivenOptions given, Optional<String> dockerfile) {
        if (!describes(given, "labels") && !describes(given, "annotations")) {
            return given;
        }
        Optional<String> version = given.list(ImageTable.TAGS).stream()
                .findFirst()
                .flatMap(ImageReference::parse)
                .map(ImageReference::tag);
        Map<String, String> known = OciMetadata.of(given, facts, version, dockerfile);
        GivenOptions all = given.copy();
        if (describes(given, "labels")) {
            Map<String, String> labels = new LinkedHashMap<>(known);
            labels.keySet().removeAll(given.map(BuildTable.LABELS).keySet());
            all.give(BuildTable.LABELS, labels);
        }
        if (describes(given, "annotations")) {
            List<String> annotations = new ArrayList<>();
            known.forEach((name, value) -> {
                boolean own = given.list(BuildTable.ANNOTATIONS).stream()
                        .anyMatch(text -> text.substring(text.indexOf(':') + 1).startsWith(name + "=")
                                || text.startsWith(name + "="));
                if (!own) {
                    annotations.add(name + "=" + value);
                }
            });
            all.give(BuildTable.ANNOTATIONS, annotations);
        }
        return all;
    }
}
