package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;

/** A description as JSON, for a process that reads a build's results but did not plan it. */
public final class SpecJson {
    private static final String NAME = "description of the image";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addMixIn(Source.class, Sources.class)
            .addMixIn(Source.Script.class, Scripts.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private SpecJson() {}

    /** The description as JSON. */
    public static String of(ImageSpec spec) {
        try {
            return JSON.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write the description of the image", e);
        }
    }

    /** The description that {@code text} is. */
    public static ImageSpec read(String text) throws UnreadableResultException {
        try {
            ImageSpec spec = JSON.readValue(text, ImageSpec.class);
            if (spec == null || spec.tags() == null || spec.tags().isEmpty() || spec.source() == null) {
                throw new UnreadableResultException(NAME, "it is not whole");
            }
            return spec;
        } catch (JsonProcessingException e) {
            throw new UnreadableResultException(NAME, e.getOriginalMessage());
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Source.Dockerfile.class, name = "dockerfile"),
        @JsonSubTypes.Type(value = Source.Setup.class, name = "setup")
    })
    private interface Sources {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Source.Script.Inline.class, name = "inline"),
        @JsonSubTypes.Type(value = Source.Script.File.class, name = "file"),
        @JsonSubTypes.Type(value = Source.Script.Url.class, name = "url")
    })
    private interface Scripts {}
}
