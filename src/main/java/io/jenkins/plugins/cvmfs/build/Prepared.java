package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import java.util.Map;

/**
 * What a build is about to do.
 *
 * @param plan the plan
 * @param site where
 * @param log does not show the secrets of the build
 * @param logins what it logs in with, by the registry's host, for people
 */
public record Prepared(ImagesPlan plan, AgentSite site, MaskedListener log, Map<String, String> logins) {}
