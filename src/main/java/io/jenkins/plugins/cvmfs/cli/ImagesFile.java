package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages.Named;
import io.jenkins.plugins.cvmfs.engine.options.SeveralTable;
import io.jenkins.plugins.cvmfs.engine.options.Suggestion;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The file of {@code --images-file}: a JSON array with an object for each image, in the words of a Pipeline. */
final class ImagesFile {
    private static final String NAME = "name";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImagesFile() {}

    /**
     * The images of a text.
     *
     * @param problems receives the mistakes of each
     * @throws InvalidSpecException if the text describes none
     */
    static List<Named> read(String text, List<Problem> problems) throws InvalidSpecException {
        JsonNode document = parsed(text);
        if (!document.isArray() || document.isEmpty()) {
            throw refused("expected an array with an object for each image, [{\"name\": \"a\", ...}]");
        }
        List<Named> images = new ArrayList<>();
        for (JsonNode image : document) {
            if (!image.isObject()) {
                throw refused("expected objects in its array, and found " + image);
            }
            images.add(image(image, problems));
        }
        return images;
    }

    private static JsonNode parsed(String text) throws InvalidSpecException {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw refused("expected JSON: " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : ", line " + e.getLocation().getLineNr()));
        }
    }

    private static InvalidSpecException refused(String reason) {
        return new InvalidSpecException(List.of(
                Problem.of("The file of " + SeveralTable.IMAGES.commandLine().get(0) + ": " + reason)));
    }

    private static Named image(JsonNode image, List<Problem> problems) {
        String name = image.path(NAME).asText("");
        GivenOptions own = new GivenOptions();
        image.properties().forEach(entry -> {
            if (!entry.getKey().equals(NAME)) {
                give(own, entry.getKey(), entry.getValue())
                        .ifPresent(problem -> problems.add(name.isEmpty() ? problem : problem.in(name)));
            }
        });
        return new Named(name, own);
    }

    private static Optional<Problem> give(GivenOptions own, String key, JsonNode value) {
        Optional<Option> option = OptionTable.find(key).filter(found -> found.isPerImage() && found.isOnCommandLine());
        if (option.isEmpty()) {
            return Optional.of(unknown(key));
        }
        Optional<Object> given = value(option.get().kind(), value);
        given.ifPresent(text -> own.give(option.get(), text));
        return given.isPresent()
                ? Optional.empty()
                : Optional.of(new Problem(
                        key,
                        value.toString(),
                        "expected " + expected(option.get().kind())));
    }

    private static Problem unknown(String key) {
        Optional<Option> option = OptionTable.find(key);
        if (option.isPresent()) {
            String ofCall = OptionTable.all().stream()
                    .filter(Option::isOnCommandLine)
                    .filter(each ->
                            each == option.get() || each.place().property().equals(key))
                    .map(each -> "{" + each + "}")
                    .collect(Collectors.joining(", "));
            return Problem.of("'" + key + "' "
                    + (ofCall.isEmpty()
                            ? "is an option of Jenkins only; omit it"
                            : "holds for the whole call, not for one image; give it as " + ofCall));
        }
        List<String> known = OptionTable.all().stream()
                .filter(each -> each.isPerImage() && each.isOnCommandLine())
                .map(Option::name)
                .toList();
        return Problem.of("Unknown option '" + key + "'"
                + Suggestion.of(key, known)
                        .map(meant -> ": did you mean " + meant + "?")
                        .orElse(": an image may have " + String.join(", ", known)));
    }

    private static Optional<Object> value(Kind kind, JsonNode value) {
        return switch (kind) {
            case FLAG, SWITCH -> value.isBoolean() ? Optional.of(value.booleanValue()) : Optional.empty();
            case TEXT, SCRIPT -> isText(value) ? Optional.of(value.asText()) : Optional.empty();
            case MAP -> value.isObject() ? map(value) : list(value);
            default -> list(value);
        };
    }

    private static Optional<Object> list(JsonNode value) {
        if (isText(value)) {
            return Optional.of(List.of(value.asText()));
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode text : value) {
            if (!isText(text)) {
                return Optional.empty();
            }
            texts.add(text.asText());
        }
        return value.isArray() ? Optional.of(texts) : Optional.empty();
    }

    private static Optional<Object> map(JsonNode value) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            if (!entry.getValue().isValueNode() || entry.getValue().isNull()) {
                return Optional.empty();
            }
            texts.put(entry.getKey(), entry.getValue().asText());
        }
        return Optional.of(texts);
    }

    private static boolean isText(JsonNode value) {
        return value.isTextual() || value.isNumber();
    }

    private static String expected(Kind kind) {
        return switch (kind) {
            case FLAG, SWITCH -> "true or false";
            case TEXT, SCRIPT -> "a text";
            case MAP -> "an object of texts";
            default -> "an array of texts";
        };
    }
}
