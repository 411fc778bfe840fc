package io.jenkins.plugins.cvmfs.engine.tags;

import io.jenkins.plugins.cvmfs.engine.options.TagRule;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The tags that rules generate in a run. */
final class RuleTags {
    private static final Pattern NOT_IN_TAGS = Pattern.compile("[^a-z0-9._-]+");
    private static final Pattern NOT_AT_THE_START = Pattern.compile("^[.-]+");
    private static final Pattern NOT_AT_THE_END = Pattern.compile("[.-]+$");
    private static final int LONGEST = 128;
    private static final int SHORT = 7;

    private final RunFacts facts;
    private final Template template;

    RuleTags(RunFacts facts) {
        this.facts = facts;
        this.template = new Template(facts);
    }

    /** The tags, each once, by priority. */
    Set<String> of(List<TagRule> rules) {
        Set<String> tags = new LinkedHashSet<>();
        rules.stream()
                .sorted(Comparator.comparingInt(TagRule::priority).reversed())
                .forEach(rule -> of(rule).filter(tag -> !tag.isEmpty()).ifPresent(tags::add));
        return tags;
    }

    private Optional<String> of(TagRule rule) {
        boolean enabled = template.apply(rule.get("enable", "true")).equals(Optional.of("true"));
        if (!enabled) {
            return Optional.empty();
        }
        String prefix = rule.get("prefix", prefix(rule));
        return value(rule)
                .flatMap(value -> template.apply(prefix)
                        .flatMap(before ->
                                template.apply(rule.get("suffix", "")).map(after -> clean(before + value + after))));
    }

    private static String prefix(TagRule rule) {
        return switch (rule.type()) {
            case SHA -> "sha-";
            case REF -> rule.get("event", "").equals("pr") ? "pr-" : "";
            default -> "";
        };
    }

    private Optional<String> value(TagRule rule) {
        return switch (rule.type()) {
            case SCHEDULE -> facts.isScheduled() ? template.apply(rule.get("pattern", "nightly")) : Optional.empty();
            case SEMVER -> version(rule);
            case EDGE -> edge(rule);
            case REF ->
                switch (rule.get("event", "")) {
                    case "branch" -> facts.get(Fact.BRANCH);
                    case "tag" -> facts.get(Fact.TAG);
                    default -> facts.get(Fact.PULL_REQUEST);
                };
            case RAW -> template.apply(rule.get("value", ""));
            case SHA ->
                facts.get(Fact.COMMIT)
                        .map(commit ->
                                rule.get("format", "short").equals("long") ? commit : commit.substring(0, SHORT));
        };
    }

    private Optional<String> edge(TagRule rule) {
        String branch = rule.attributes().get("branch");
        boolean here = branch == null
                ? facts.isDefaultBranch()
                : facts.get(Fact.BRANCH).equals(Optional.of(branch));
        return here ? Optional.of("edge") : Optional.empty();
    }

    /** A prerelease gets no major or minor tag, which belong to the latest release. */
    private Optional<String> version(TagRule rule) {
        Optional<String> raw =
                rule.attributes().containsKey("value") ? template.apply(rule.get("value", "")) : facts.get(Fact.TAG);
        String pattern = rule.get("pattern", "");
        return raw.flatMap(text -> SemanticVersion.parse(text).map(version -> {
            boolean whole = version.prerelease() != null && !pattern.contains("raw");
            String used = whole ? "{{version}}" : pattern;
            return used.replaceAll("\\{\\{ ?raw ?}}", "\0")
                    .replaceAll("\\{\\{ ?version ?}}", version.toString())
                    .replaceAll("\\{\\{ ?major ?}}", version.major())
                    .replaceAll("\\{\\{ ?minor ?}}", version.minor())
                    .replaceAll("\\{\\{ ?patch ?}}", version.patch())
                    .replace("\0", text);
        }));
    }

    /** A valid tag: in lower case, with other characters replaced by hyphens. */
    static String clean(String text) {
        String tag = NOT_IN_TAGS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("-");
        tag = NOT_AT_THE_START.matcher(tag).replaceFirst("");
        tag = tag.length() > LONGEST ? tag.substring(0, LONGEST) : tag;
        return NOT_AT_THE_END.matcher(tag).replaceFirst("");
    }
}
