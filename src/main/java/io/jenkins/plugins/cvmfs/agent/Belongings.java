package io.jenkins.plugins.cvmfs.agent;

import java.util.Map;

/**
 * What a build keeps in its private directory besides the files of its plan.
 *
 * @param auths Base64 of {@code user:password} by registry
 * @param secrets contents by path in the private directory
 * @param dockerConfig the {@code DOCKER_CONFIG} that administrators set for the agent, or null
 * @param dockerHome the home of the Docker installation whose docker command is used, or null
 */
public record Belongings(
        Map<String, String> auths, Map<String, byte[]> secrets, String dockerConfig, String dockerHome) {}
