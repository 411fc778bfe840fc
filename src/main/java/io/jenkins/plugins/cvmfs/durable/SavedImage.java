package io.jenkins.plugins.cvmfs.durable;

import java.io.Serializable;
import java.util.Optional;

/** What is kept of one image of a durable build; no record, which what saves a Pipeline cannot read. */
public final class SavedImage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final String spec;
    private final String dockerfile;

    /**
     * @param name tells it from the others; empty for the only one
     * @param spec what is wanted, encrypted, as it may hold secrets
     * @param dockerfile the text of the Dockerfile, encrypted, or null where none is laid down
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
