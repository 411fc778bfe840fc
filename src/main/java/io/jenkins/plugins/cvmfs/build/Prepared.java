package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import java.util.List;

/**
 * What a build is about to do.
 *
 * @param plan the plan
 * @param site where
 * @param log does not show the secrets of the build
 * @param logins which credentials it uses for which registry, for people
 */
public record Prepared(BuildPlan plan, AgentSite site, MaskedListener log, List<String> logins) {}
