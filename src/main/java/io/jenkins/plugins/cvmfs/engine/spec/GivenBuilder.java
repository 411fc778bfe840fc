package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The options of the builder, as a user wrote them.
 *
 * @param <T> what takes these and more
 */
abstract class GivenBuilder<T> {
    final List<Problem> malformed = new ArrayList<>();
    String builderName;
    String builderDriver;
    String builderEndpoint;
    String builderImage;
    boolean builderKeep = true;
    final Map<String, String> builderDriverOpts = new LinkedHashMap<>();
    final Map<String, String> builderCertificates = new LinkedHashMap<>();
    final List<String> builderNodes = new ArrayList<>();
    final Map<String, String> builderGc = new LinkedHashMap<>();
    String buildkitdConfig;
    final List<String> buildkitdFlags = new ArrayList<>();

    abstract T self();

    public T builderName(String value) {
        builderName = given(value);
        return self();
    }

    public T builderDriver(String value) {
        builderDriver = given(value);
        return self();
    }

    public T builderEndpoint(String value) {
        builderEndpoint = given(value);
        return self();
    }

    public T builderImage(String value) {
        builderImage = given(value);
        return self();
    }

    public T builderKeep(boolean value) {
        builderKeep = value;
        return self();
    }

    public T builderDriverOpts(Map<String, String> values) {
        builderDriverOpts.putAll(values);
        return self();
    }

    /** Takes {@code name=value} entries. */
    public T builderDriverOpts(Collection<String> entries) {
        return pairs("builderDriverOpts", entries, builderDriverOpts);
    }

    /**
     * Files with which a remote buildkitd is used over TLS, which are there for this build alone: its builder is not
     * kept.
     *
     * @param values the paths of {@code cacert}, {@code cert} and {@code key}, as far as there are such
     */
    public T builderCertificates(Map<String, String> values) {
        builderCertificates.putAll(values);
        return self();
    }

    /** @param values as {@code [endpoint=URL] [platform=os/arch[,...]] [name=value ...]} */
    public T builderNodes(Collection<String> values) {
        builderNodes.addAll(values);
        return self();
    }

    public T builderGc(Map<String, String> values) {
        builderGc.putAll(values);
        return self();
    }

    /** Takes {@code name=value} entries. */
    public T builderGc(Collection<String> entries) {
        return pairs("builderGc", entries, builderGc);
    }

    public T buildkitdConfig(String value) {
        buildkitdConfig = given(value);
        return self();
    }

    public T buildkitdFlags(Collection<String> values) {
        buildkitdFlags.addAll(values);
        return self();
    }

    final T pairs(String option, Collection<String> entries, Map<String, String> pairs) {
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 0) {
                malformed.add(new Problem(option, entry, "name=value is allowed"));
            } else {
                pairs.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return self();
    }

    static String given(String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
