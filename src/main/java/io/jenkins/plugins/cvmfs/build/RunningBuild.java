package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.time.Instant;
import java.util.List;

/**
 * What the controller keeps of a build until its results are collected; nothing of it comes from the agent.
 *
 * @param id of the build
 * @param spec what was wanted
 * @param started when it began
 * @param log does not show the secrets of the build
 * @param logins which credentials it uses for which registry, for people
 */
public record RunningBuild(String id, ImageSpec spec, Instant started, MaskedListener log, List<String> logins) {}
