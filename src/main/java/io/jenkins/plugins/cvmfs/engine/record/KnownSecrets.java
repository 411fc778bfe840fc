package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.cvmfs.engine.record.BuildInputs.LeftOut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Omits inputs of a record that contain a secret known to the front end, and lists them. */
final class KnownSecrets {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LEFT_OUT = "leftOut";

    /** Options that identify the kind of source and contain no user text. */
    private static final Set<String> FIXED = Set.of("source", "sourceSha256", LEFT_OUT);

    /** Options that are given again as one. */
    private static final Set<String> SCRIPTS = Set.of("setupFile", "setupUrl");

    private final Predicate<String> secret;
    private final List<LeftOut> leftOut;

    private KnownSecrets(Predicate<String> secret, List<LeftOut> leftOut) {
        this.secret = secret;
        this.leftOut = new ArrayList<>(leftOut);
    }

    static BuildInputs without(BuildInputs inputs, Predicate<String> secret) {
        return inputs == null ? null : new KnownSecrets(secret, inputs.leftOut()).of(inputs);
    }

    private BuildInputs of(BuildInputs inputs) {
        ObjectNode tree = JSON.valueToTree(inputs);
        for (Map.Entry<String, JsonNode> member : List.copyOf(tree.properties())) {
            if (!FIXED.contains(member.getKey())) {
                look(tree, member.getKey(), member.getValue());
            }
        }
        tree.set(LEFT_OUT, JSON.valueToTree(leftOut.stream().map(this::named).toList()));
        try {
            return JSON.treeToValue(tree, BuildInputs.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the inputs without some values are still inputs", e);
        }
    }

    private void look(ObjectNode tree, String option, JsonNode value) {
        if (value.isTextual() && secret.test(value.textValue())) {
            tree.remove(option);
            leftOut.add(new LeftOut(SCRIPTS.contains(option) ? "setup" : option, null));
        } else if (value instanceof ObjectNode values) {
            values.properties().removeIf(each -> isSecret(option, each.getKey(), each.getValue()));
        } else if (value instanceof ArrayNode values) {
            ArrayNode shown = tree.putArray(option);
            for (JsonNode each : values) {
                if (!isSecret(option, each.asText().split("=", 2)[0], each)) {
                    shown.add(each);
                }
            }
        }
    }

    private boolean isSecret(String option, String name, JsonNode value) {
        boolean found = secret.test(name) || secret.test(value.asText());
        if (found) {
            leftOut.add(new LeftOut(option, name));
        }
        return found;
    }

    private LeftOut named(LeftOut each) {
        return each.name() != null && secret.test(each.name()) ? new LeftOut(each.option(), null) : each;
    }
}
