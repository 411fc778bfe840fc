package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.Map;

/** A description as JSON (options by name), for a process that reads a build's results but did not plan it. */
public final class SpecJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> BY_NAME = new TypeReference<>() {};

    private SpecJson() {}

    /** The description as JSON. */
    public static String of(ImageSpec spec) {
        try {
            return JSON.writeValueAsString(spec.values().byName());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the description of the image", e);
        }
    }

    /** Parses a description. It is checked like any other, except that files are not looked up. */
    public static ImageSpec read(String text) throws UnreadableResultException {
        try {
            Map<String, Object> byName = JSON.readValue(text, BY_NAME);
            GivenOptions given = new GivenOptions();
            for (Map.Entry<String, Object> value :
                    byName == null ? Map.<String, Object>of().entrySet() : byName.entrySet()) {
                if (value.getValue() == null) {
                    throw broken();
                }
                OptionTable.find(value.getKey()).ifPresent(option -> given.give(option, value.getValue()));
            }
            return ImageSpec.of(given, WorkspaceFiles.UNCHECKED);
        } catch (JsonProcessingException | IllegalArgumentException | InvalidSpecException e) {
            // Messages may quote the text.
            throw broken();
        }
    }

    private static UnreadableResultException broken() {
        return new UnreadableResultException("description of the image", "it is not whole");
    }
}
