package io.jenkins.plugins.cvmfs.options;

import hudson.AbortException;
import io.jenkins.plugins.cvmfs.config.Lines;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.engine.options.SeveralTable;
import io.jenkins.plugins.cvmfs.engine.options.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts the options of a step from what people write in a Pipeline to what Jenkins binds. */
public final class PipelineArguments {
    private final List<String> unknown = new ArrayList<>();

    private final Map<String, Object> bound;

    PipelineArguments(Map<String, Object> written) {
        bound = of(Place.STEP, written);
    }

    /**
     * Converts a single text, or a map of names and values, to a list of texts where one is expected.
     *
     * @throws AbortException if a name is unknown, with a suggestion
     */
    public static Map<String, Object> of(Map<String, Object> written) throws AbortException {
        PipelineArguments arguments = new PipelineArguments(written);
        if (!arguments.unknown.isEmpty()) {
            throw new AbortException(String.join("\n", arguments.unknown));
        }
        return arguments.bound;
    }

    /** One line for each unknown name. */
    List<String> unknown() {
        return unknown;
    }

    private Map<String, Object> of(Place place, Map<?, ?> written) {
        Map<String, Object> all = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            String name = String.valueOf(key);
            Optional<Option> option = inJenkins()
                    .filter(each -> each.place() == place && each.property().equals(name))
                    .findFirst();
            if (option.isPresent()) {
                all.put(name, bound(option.get(), value));
            } else {
                // Names of Jenkins' own, such as $class.
                all.put(name, value);
                if (!name.startsWith("$")) {
                    unknown.add(unknown(place, name));
                }
            }
        });
        return all;
    }

    /** One of several images. */
    private Map<String, Object> image(Map<?, ?> written) {
        Map<String, Object> all = new LinkedHashMap<>();
        written.forEach((key, value) -> {
            String name = String.valueOf(key);
            Optional<Option> option = OptionTable.find(name).filter(Option::isPerImage);
            all.put(name, option.isPresent() ? bound(option.get(), value) : value);
            if (option.isEmpty() && !name.startsWith("$") && !name.equals("name")) {
                unknown.add(notOfImage(name, "image '" + written.get("name") + "'"));
            }
        });
        return all;
    }

    private static String notOfImage(String name, String image) {
        if (OptionTable.find(name).filter(Option::isInJenkins).isPresent()) {
            return "Option '" + name + "' of " + image
                    + " holds for the whole call, not for one image: give it to the step";
        }
        List<String> own = OptionTable.all().stream()
                .filter(Option::isPerImage)
                .map(Option::name)
                .toList();
        return "Unknown option '" + name + "' of " + image
                + Suggestion.of(name, own)
                        .map(option -> ": did you mean " + option + "?")
                        .orElse(": an image may have " + String.join(", ", own));
    }

    private static Stream<Option> inJenkins() {
        return OptionTable.all().stream().filter(Option::isInJenkins);
    }

    private Object bound(Option option, Object value) {
        if (option.kind() == Kind.OBJECT) {
            Place place = Arrays.stream(Place.values())
                    .filter(each -> each.property().equals(option.name()))
                    .findFirst()
                    .orElseThrow();
            return value instanceof Map<?, ?> map ? of(place, map) : value;
        } else if (option == SeveralTable.IMAGES && value instanceof List<?> list) {
            return list.stream()
                    .map(each -> each instanceof Map<?, ?> map ? image(map) : each)
                    .toList();
        } else if (option.isObjectInJenkins()) {
            return value;
        } else if (option.kind().hasSeveral() && value instanceof CharSequence text) {
            return only(text.toString());
        } else if (option.kind() == Kind.MAP && value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                    .toList();
        }
        if (option.hasWords() && value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(" "));
        }
        return option.kind() == Kind.TEXT && value instanceof Number ? value.toString() : value;
    }

    /**
     * One value, or none. It is not split, because it may contain text of somebody else, such as the title of a pull
     * request, which must not become another tag.
     */
    private static List<String> only(String text) {
        return Lines.each(List.of(text));
    }

    private static String unknown(Place place, String name) {
        Map<String, String> spelled = new LinkedHashMap<>();
        inJenkins().forEach(option -> {
            spelled.putIfAbsent(option.property(), option.pipeline());
            option.commandLine().forEach(flag -> spelled.putIfAbsent(camel(flag), option.pipeline()));
        });
        inJenkins()
                .filter(option -> option.place() == place)
                .forEach(option ->
                        spelled.put(option.property(), place == Place.STEP ? option.name() : option.property()));
        String where = place == Place.STEP ? "cvmfsDerivedImage" : place.property();
        return "Unknown option '" + name + "' of " + where
                + Suggestion.of(name, spelled.keySet())
                        .map(spelled::get)
                        .map(meant -> meant.equals(name)
                                ? ": it is an option of the step, outside of " + where + ": [...]"
                                : ": did you mean " + meant + "?")
                        .orElse(": the Pipeline syntax page of Jenkins lists the options");
    }

    /** The Pipeline spelling of an option such as {@code --build-arg}. */
    private static String camel(String flag) {
        String[] words = flag.replaceFirst("^-+", "").split("-");
        return words[0]
                + Arrays.stream(words)
                        .skip(1)
                        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                        .collect(Collectors.joining());
    }
}
