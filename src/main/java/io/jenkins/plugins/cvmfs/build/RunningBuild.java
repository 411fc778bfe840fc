package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.engine.runner.Expected;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the controller keeps of a build until its results are collected; nothing of it comes from the agent.
 *
 * @param id of the build
 * @param spec what was wanted
 * @param dockerfile the text of the Dockerfile, where one is laid down
 * @param started when it began
 * @param log does not show the secrets of the build
 * @param logins what it logs in with, by the registry's host, for people
 */
public record RunningBuild(
        String id,
        ImageSpec spec,
        Optional<String> dockerfile,
        Instant started,
        MaskedListener log,
        Map<String, String> logins) {
    Expected expected() {
        return new Expected(spec, dockerfile, logins, log.texts());
    }
}
