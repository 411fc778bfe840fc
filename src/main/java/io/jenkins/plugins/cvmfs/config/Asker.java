package io.jenkins.plugins.cvmfs.config;

import java.util.List;

/**
 * Who requests a build, and what the description of the image does not contain.
 *
 * @param job the full name of the job
 * @param ownBuilder whether the job, rather than the configuration, defines the builder
 * @param configuredImage the BuildKit image of the configuration's builder, or null
 * @param variables the names of {@link EngineVariables} whose values the job changes
 */
public record Asker(String job, boolean ownBuilder, String configuredImage, List<String> variables) {}
