package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.CvmfsClient;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A description as JSON, for a process that reads a build's results but did not plan it. */
public final class SpecJson {
    private static final String NAME = "description of the image";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addMixIn(Source.class, Sources.class)
            .addMixIn(Source.Script.class, Scripts.class)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private static final List<Class<?>> NEVER_NULL = List.of(
            List.class,
            Map.class,
            Source.class,
            Source.Script.class,
            Strategy.class,
            Mounts.class,
            CvmfsClient.class,
            BuildOptions.class,
            BuilderSpec.class);

    static {
        NEVER_NULL.forEach(type ->
                JSON.configOverride(type).setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL)));
    }

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
            if (spec == null || spec.tags().isEmpty() || !spec.tags().stream().allMatch(SpecJson::isReference)) {
                throw new UnreadableResultException(NAME, "it is not whole");
            }
            return spec;
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the text.
            throw new UnreadableResultException(NAME, "it is not whole");
        }
    }

    private static boolean isReference(ImageReference tag) {
        return tag.name() != null && ImageReference.parse(tag.toString()).equals(Optional.of(tag));
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
