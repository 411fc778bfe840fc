package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer of the Dockerfile's frontend to a call for something other than a build.
 *
 * @param call {@code check}, {@code outline} or {@code targets}
 * @param entries the answer
 */
public record CallResult(String call, List<Entry> entries) {
    private record Document(List<CallResult> calls) {}

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** A record from elsewhere may lack any field. */
    public CallResult {
        call = call == null ? "" : call;
        entries = entries == null
                ? List.of()
                : entries.stream()
                        .filter(entry -> entry != null && entry.kind() != null)
                        .toList();
    }

    /** The kind of an entry. */
    public enum Kind {
        ERROR,
        WARNING,
        STAGE,
        ARGUMENT,
        SECRET,
        SSH;

        /** The name in JSON. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One entry of an answer.
     *
     * @param kind its kind
     * @param name the rule, stage, argument, secret or ssh key; or null
     * @param text its description, or null
     * @param line of the Dockerfile, or null
     * @param url where a rule is documented, or null
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(Kind kind, String name, String text, Integer line, String url) {
        private boolean isFound() {
            return kind == Kind.ERROR || kind == Kind.WARNING;
        }

        private Entry without(Predicate<String> secret) {
            return new Entry(kind, kept(name, secret), kept(text, secret), line, url);
        }

        private static String kept(String text, Predicate<String> secret) {
            return text == null || secret.test(text) ? null : text;
        }

        private String line(String file) {
            String place = file + (line == null ? "" : ":" + line) + ": " + kind.text();
            return isFound()
                    ? place + ": " + (text == null ? "" : text) + (name == null ? "" : " [" + name + "]")
                    : Stream.of(place, name, text).filter(Objects::nonNull).collect(Collectors.joining(" "));
        }
    }

    /** The same without texts that contain a secret. */
    public CallResult without(Predicate<String> secret) {
        return new CallResult(
                call, entries.stream().map(entry -> entry.without(secret)).toList());
    }

    /** Whether a check found something. */
    public boolean found() {
        return entries.stream().anyMatch(Entry::isFound);
    }

    /**
     * A line for each entry, in the format of checks.
     *
     * @param file the Dockerfile's path, for display
     */
    public List<String> lines(String file) {
        return entries.stream().map(entry -> entry.line(file)).toList();
    }

    /** Reads such a document; empty if it is invalid. */
    public static List<CallResult> fromJson(String json) {
        try {
            return JSON.readValue(json, Document.class).calls();
        } catch (JsonProcessingException e) {
            return List.of();
        }
    }

    /** Answers as a separate document, if there is no image whose record could contain them. */
    public static String toJson(List<CallResult> calls) {
        try {
            return JSON.writeValueAsString(new Document(calls)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("answers are always JSON", e);
        }
    }
}
