package io.jenkins.plugins.cvmfs.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;

/**
 * What the engine says of the container that failed, which tells its own exit codes from those of the command in it.
 */
public enum ContainerState {
    /** The engine says nothing that is of use, or docker made no container. */
    UNKNOWN,
    /** It was made, but docker could not start it. */
    NOT_STARTED,
    /** It ran, and its command ended. */
    ENDED,
    /** It ran, and the kernel killed a process of it that had reached the container's or the machine's memory. */
    OUT_OF_MEMORY;

    /**
     * Reads the answer of {@code docker container inspect --format '{{json .State}}'}.
     *
     * @param json the answer, which may be anything
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
