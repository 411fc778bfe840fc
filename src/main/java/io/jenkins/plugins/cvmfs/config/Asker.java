package io.jenkins.plugins.cvmfs.config;

import java.util.List;

/**
 * Who asks for a build, and what of the asking is not in the description of the image.
 *
 * @param job the full name of the job
 * @param ownBuilder whether the job, and not the configuration, says what the builder is
 * @param configuredImage the BuildKit image of the configuration's builder, or null
 * @param variables the names of {@link EngineVariables} to which the job gives other values than the agent has
 */
public record Asker(String job, boolean ownBuilder, String configuredImage, List<String> variables) {}
