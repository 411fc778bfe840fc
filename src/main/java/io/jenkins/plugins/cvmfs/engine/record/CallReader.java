package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.CallResult.Entry;
import io.jenkins.plugins.cvmfs.engine.record.CallResult.Kind;
import io.jenkins.plugins.cvmfs.engine.spec.SecretNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the answer of the Dockerfile's frontend to a call. A Dockerfile chooses its frontend, so the answer is
 * untrusted: it is cut, and treated as plain text.
 */
public final class CallReader {
    private static final Map<String, ResultFile> FILES = Map.of(
            "check", ResultFile.CHECK,
            "outline", ResultFile.OUTLINE,
            "targets", ResultFile.TARGETS);

    private static final int MOST = 200;
    private static final int NAME = 200;
    private static final int TEXT = 1000;
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\uFFFD]+");

    /** Any other address may belong to the author of an untrusted frontend. */
    private static final Pattern DOCUMENTATION = Pattern.compile("https://docs\\.docker\\.com/[A-Za-z0-9/_-]{1,200}");

    private final List<Entry> entries = new ArrayList<>();

    private CallReader() {}

    /** The file with the answer to a call. */
    public static ResultFile file(String call) {
        return FILES.get(call);
    }

    /**
     * Reads an answer.
     *
     * @param call the call
     * @throws UnreadableResultException if it is not a JSON object
     */
    public static CallResult read(String call, String json) throws UnreadableResultException {
        JsonNode root = JsonText.object(file(call).fileName(), json);
        CallReader reader = new CallReader();
        switch (call) {
            case "check" -> reader.check(root);
            case "outline" -> reader.outline(root);
            default -> reader.targets(root);
        }
        return new CallResult(call, reader.entries.stream().limit(MOST).toList());
    }

    private void check(JsonNode root) {
        JsonNode error = root.path("buildError");
        if (error.isObject()) {
            add(Kind.ERROR, "", text(error, "message"), error);
        }
        for (JsonNode warning : root.path("warnings")) {
            String detail = text(warning, "detail");
            add(
                    Kind.WARNING,
                    text(warning, "ruleName"),
                    detail.isEmpty() ? text(warning, "description") : detail,
                    warning);
        }
    }

    private void outline(JsonNode root) {
        add(Kind.STAGE, text(root, "name"), text(root, "description"), root);
        for (JsonNode argument : root.path("args")) {
            String name = text(argument, "name");
            String value = text(argument, "value");
            boolean secret = SecretNames.isSecret(name) || SecretNames.isSecretValue(value);
            String shown = value.isEmpty() || secret ? "" : "= " + value;
            add(Kind.ARGUMENT, name, both(shown, text(argument, "description")), argument);
        }
        root.path("secrets").forEach(secret -> add(Kind.SECRET, text(secret, "name"), required(secret), secret));
        root.path("ssh").forEach(key -> add(Kind.SSH, text(key, "name"), required(key), key));
    }

    private void targets(JsonNode root) {
        for (JsonNode stage : root.path("targets")) {
            String base = text(stage, "base");
            String from = (base.isEmpty() ? "" : "FROM " + base)
                    + (stage.path("default").asBoolean() ? " (default)" : "");
            add(Kind.STAGE, text(stage, "name"), both(from.strip(), text(stage, "description")), stage);
        }
    }

    private static String both(String one, String other) {
        return one + (one.isEmpty() || other.isEmpty() ? "" : ": ") + other;
    }

    private static String required(JsonNode node) {
        return node.path("required").asBoolean() ? "(required)" : "";
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }

    private void add(Kind kind, String name, String text, JsonNode node) {
        JsonNode line = node.at("/location/ranges/0/start/line");
        String url = text(node, "url");
        entries.add(new Entry(
                kind,
                cut(name, NAME),
                cut(text, TEXT),
                line.canConvertToInt() && line.intValue() > 0 ? line.intValue() : null,
                DOCUMENTATION.matcher(url).matches() ? url : null));
    }

    private static String cut(String text, int length) {
        String clean = NO_TEXT.matcher(text).replaceAll(" ").strip();
        return clean.isEmpty() ? null : clean.length() > length ? clean.substring(0, length) + "..." : clean;
    }
}
