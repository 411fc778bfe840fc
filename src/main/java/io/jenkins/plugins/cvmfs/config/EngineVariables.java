package io.jenkins.plugins.cvmfs.config;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The environment variables by which docker and buildx find their engine, their builders, and what replaces the sources
 * of a build.
 *
 * <p>{@link #CONFIGURATION} is not among them: of a job's docker configuration only the logins count.
 */
@Restricted(NoExternalUse.class)
public final class EngineVariables {
    /** Names the directory of docker's configuration. */
    public static final String CONFIGURATION = "DOCKER_CONFIG";

    /** The names. */
    static final List<String> NAMES = List.of(
            "BUILDKIT_HOST",
            "BUILDX_BUILDER",
            "BUILDX_CONFIG",
            "DOCKER_CERT_PATH",
            "DOCKER_CONTEXT",
            "DOCKER_HOST",
            "DOCKER_TLS",
            "DOCKER_TLS_VERIFY",
            "EXPERIMENTAL_BUILDKIT_SOURCE_POLICY",
            "HOME",
            "KUBECONFIG");

    private EngineVariables() {}

    /**
     * What an agent's processes have by themselves: the agent's own environment, and what administrators add to all
     * agents and to this one.
     */
    public static Map<String, String> of(Computer computer, TaskListener listener)
            throws IOException, InterruptedException {
        EnvVars own = new EnvVars(computer.getEnvironment());
        return own.overrideExpandingAll(computer.buildEnvironment(listener));
    }

    /** The names to which a job gives another value, or one at all, or takes it away; sorted. */
    public static List<String> changed(Map<String, String> agents, Map<String, String> jobs) {
        return NAMES.stream()
                .filter(name -> !Objects.equals(value(agents, name), value(jobs, name)))
                .toList();
    }

    /** To docker an empty value is none. */
    private static String value(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "");
    }
}
