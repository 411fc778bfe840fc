package io.jenkins.plugins.cvmfs.build;

import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.engine.plan.ImagesPlan;
import java.util.Map;

/**
 * A build that is ready to start.
 *
 * @param plan the plan
 * @param site where
 * @param log masks the secrets of the build
 * @param logins descriptions of the logins it uses, by the registry's host
 */
public record Prepared(ImagesPlan plan, AgentSite site, MaskedListener log, Map<String, String> logins) {}
