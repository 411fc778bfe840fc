package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** JSON as BuildKit accepts it in a Dockerfile, where text that is not JSON is a shell command, not a mistake. */
final class Json {
    /** BuildKit does not accept deeper nesting either. */
    private static final int DEPTH = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(Dockerfile.MOST)
                    .maxStringLength(Dockerfile.MOST)
                    .build())
            .build();

    private Json() {}

    /** The elements of an array, with null for those that are not strings. Empty if the text is not a JSON array. */
    static Optional<List<String>> array(String text) {
        String trimmed = Spaces.trimLeft(text);
        if (!trimmed.startsWith("[")) {
            return Optional.empty();
        }
        List<String> values = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(trimmed)) {
            parser.nextToken();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(parser));
            }
            return parser.nextToken() == null ? Optional.of(Collections.unmodifiableList(values)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The string that an object has under a name, the last one of several. Empty if the text is not a JSON object, or
     * has none.
     */
    static Optional<String> field(String text, String name) {
        String found = null;
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                boolean wanted = name.equals(parser.currentName());
                parser.nextToken();
                String value = value(parser);
                found = wanted ? value : found;
            }
            return parser.nextToken() == null ? Optional.ofNullable(found) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Reads the value at the parser's token to its end; null if it is not a string. */
    private static String value(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            String text = parser.getText();
            // Half a surrogate pair, which an escape can write, becomes U+FFFD.
            return new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
        }
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == null) {
                throw new IOException("the text ends within a value");
            }
            if (token.isNumeric() && Double.isInfinite(parser.getDoubleValue())) {
                throw new IOException("BuildKit takes no number that is larger than a double");
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        } while (depth > 0 && parser.nextToken() != JsonToken.NOT_AVAILABLE);
        return null;
    }
}
