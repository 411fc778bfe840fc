package io.jenkins.plugins.cvmfs.durable;

import java.io.Serializable;
import java.util.Optional;

/**
 * What is saved of one image of a durable build. Not a record class, because the serialization of Pipelines does not
 * support those.
 */
public final class SavedImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String spec;
    private final String dockerfile;

    /**
     * @param name its name among several images; empty for the only one
     * @param spec the requested image, encrypted because it may contain secrets
     * @param dockerfile the text of the Dockerfile, encrypted, or null if the plan contains none
     */
    public SavedImage(String name, String spec, String dockerfile) {
        this.name = name;
        this.spec = spec;
        this.dockerfile = dockerfile;
    }

    String name() {
        return name;
    }

    String spec() {
        return spec;
    }

    Optional<String> dockerfile() {
        return Optional.ofNullable(dockerfile);
    }
}
