package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;

/** Reads the JSON texts of docker and buildx. */
final class JsonText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonText() {}

    /** Parses a JSON object. */
    static JsonNode object(String file, String text) throws UnreadableResultException {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the text, at any length.
            throw new UnreadableResultException(file, "it is not valid JSON");
        }
        if (!node.isObject()) {
            throw new UnreadableResultException(file, "it holds no JSON object");
        }
        return node;
    }

    /** A member that is a non-empty string. */
    static Optional<String> text(JsonNode object, String member) {
        return Optional.ofNullable(object.get(member)).map(JsonNode::textValue).filter(text -> !text.isEmpty());
    }
}
