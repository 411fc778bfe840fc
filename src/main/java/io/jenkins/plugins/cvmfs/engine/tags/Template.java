package io.jenkins.plugins.cvmfs.engine.tags;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text of a rule with placeholders such as {@code {{branch}}}. */
final class Template {
    private static final Pattern EXPRESSION = Pattern.compile("\\{\\{ ?([a-z_]+)(?: '([^']*)')?(?: tz='([^']*)')? ?}}");
    private static final Pattern TOKEN = Pattern.compile("YYYY|YY|MM|DD|HH|mm|ss|X|[-_.]");
    private static final int SHORT = 7;

    private final RunFacts facts;

    Template(RunFacts facts) {
        this.facts = facts;
    }

    /** The text with all placeholders replaced; empty if the run lacks one of the facts. */
    Optional<String> apply(String text) {
        Matcher expression = EXPRESSION.matcher(text);
        StringBuilder applied = new StringBuilder();
        while (expression.find()) {
            Optional<String> value = value(expression.group(1), expression.group(2), expression.group(3));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            expression.appendReplacement(applied, Matcher.quoteReplacement(value.get()));
        }
        return Optional.of(expression.appendTail(applied).toString());
    }

    private Optional<String> value(String name, String format, String zone) {
        return switch (name) {
            case "branch" -> facts.get(Fact.BRANCH);
            case "tag" -> facts.get(Fact.TAG);
            case "sha" -> facts.get(Fact.COMMIT).map(commit -> commit.substring(0, SHORT));
            case "build_number" -> facts.get(Fact.BUILD);
            case "is_default_branch" -> Optional.of(String.valueOf(facts.isDefaultBranch()));
            case "date" -> date(format, zone);
            default -> throw new IllegalStateException("a rule was not checked: " + name);
        };
    }

    private Optional<String> date(String format, String zone) {
        Matcher token = TOKEN.matcher(format);
        StringBuilder text = new StringBuilder();
        try {
            ZoneId where = zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
            while (token.find()) {
                text.append(part(token.group(), where));
            }
        } catch (DateTimeException e) {
            // This time zone does not exist here.
            return Optional.empty();
        }
        return Optional.of(text.toString());
    }

    private String part(String token, ZoneId where) {
        String pattern = switch (token) {
            case "YYYY" -> "uuuu";
            case "YY" -> "uu";
            case "DD" -> "dd";
            case "MM", "HH", "mm", "ss" -> token;
            default -> "";
        };
        if (token.equals("X")) {
            return Long.toString(facts.now().getEpochSecond());
        }
        return pattern.isEmpty()
                ? token
                : DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
                        .format(facts.now().atZone(where));
    }
}
