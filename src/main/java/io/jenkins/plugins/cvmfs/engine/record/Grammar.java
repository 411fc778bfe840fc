package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The grammars of a record's fields. Everything that a builder, an image or an agent reports is checked against them.
 */
enum Grammar {
    DIGEST("sha256: and 64 hexadecimal digits", "sha256:[0-9a-f]{64}"),
    SHA256("64 hexadecimal digits", "[0-9a-f]{64}"),
    MEDIA_TYPE("a media type", "[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}"),
    PLATFORM("os/architecture[/variant]", "[A-Za-z0-9_.-]{1,40}/[A-Za-z0-9_.-]{1,40}(?:/[A-Za-z0-9_.-]{1,40})?"),
    WORD("letters, digits, '.', '_' and '-'", "[A-Za-z0-9_.-]{1,40}"),
    ROOT_HASH("40 hexadecimal digits with the suffix of an algorithm", "[0-9a-f]{40}(?:-shake128|-rmd160)?"),
    REVISION("a number of at most 18 digits", "[0-9]{1,18}");

    /** Limit of entries in a list of a record. */
    static final int ENTRIES = 1000;

    private static final int QUOTED = 80;

    private final String expected;
    private final Pattern pattern;

    Grammar(String expected, String pattern) {
        this.expected = expected;
        this.pattern = Pattern.compile(pattern);
    }

    boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    /**
     * The text, if it matches.
     *
     * @param file the file that contains it
     * @param field the field that contains it
     */
    String held(String file, String field, String text) throws UnreadableResultException {
        if (!matches(text)) {
            throw invalid(file, field, text, expected);
        }
        return text;
    }

    /** A member that is a non-empty string. */
    Optional<String> member(String file, JsonNode object, String member) throws UnreadableResultException {
        Optional<String> text = JsonText.text(object, member);
        return text.isEmpty() ? text : Optional.of(held(file, member, text.get()));
    }

    /** A member that is a size in bytes; null if there is none. */
    static Long size(String file, JsonNode object, String member) throws UnreadableResultException {
        JsonNode size = object.path(member);
        if (size.isMissingNode() || size.isNull()) {
            return null;
        }
        if (!size.isIntegralNumber() || !size.canConvertToLong() || size.longValue() < 0) {
            throw invalid(file, member, size.toString(), "a size in bytes");
        }
        return size.longValue();
    }

    static String image(String file, String field, String text) throws UnreadableResultException {
        if (ImageReference.parse(text).isEmpty()) {
            throw invalid(file, field, text, "the name of an image");
        }
        return text;
    }

    static UnreadableResultException tooMany(String file, String entries) {
        return new UnreadableResultException(file, "expected at most " + ENTRIES + " " + entries);
    }

    static UnreadableResultException invalid(String file, String field, String text, String expected) {
        String shown = text.length() > QUOTED ? text.substring(0, QUOTED) + "..." : text;
        return new UnreadableResultException(
                file, "invalid " + field + " '" + shown.replaceAll("\\p{Cntrl}", "?") + "': expected " + expected);
    }
}
