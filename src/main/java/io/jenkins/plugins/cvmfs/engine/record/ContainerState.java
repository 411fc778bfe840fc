package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;

/**
 * The engine's state of the failed container, which distinguishes docker's own exit codes from those of the command in
 * it.
 */
public enum ContainerState {
    /** The engine gives no useful information, or docker created no container. */
    UNKNOWN,
    /** It was created, but docker could not start it. */
    NOT_STARTED,
    /** It ran, and its command ended. */
    ENDED,
    /** It ran, and the kernel killed one of its processes for lack of memory. */
    OUT_OF_MEMORY;

    /**
     * Reads the answer of {@code docker container inspect --format '{{json .State}}'}.
     *
     * @param json the untrusted answer
     */
    public static ContainerState of(String json) {
        JsonNode state;
        try {
            state = JsonText.object(ResultFile.CONTAINER.fileName(), json);
        } catch (UnreadableResultException e) {
            return UNKNOWN;
        }
        return switch (state.path("Status").asText()) {
            case "created" -> NOT_STARTED;
            case "exited" -> state.path("OOMKilled").asBoolean() ? OUT_OF_MEMORY : ENDED;
            default -> UNKNOWN;
        };
    }
}
