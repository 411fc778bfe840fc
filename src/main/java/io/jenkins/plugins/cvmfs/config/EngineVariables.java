package io.jenkins.plugins.cvmfs.config;

import hudson.EnvVars;
import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The environment variables that tell docker and buildx which engine, which builders and which substitutes for the
 * sources of a build to use.
 *
 * <p>{@link #CONFIGURATION} is not one of them, because only the logins of a job's docker configuration are used.
 */
@Restricted(NoExternalUse.class)
public final class EngineVariables {
    /** The directory of docker's configuration. */
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
     * The own environment of an agent's processes, including variables that administrators set for all agents and for
     * this one.
     */
    public static Map<String, String> of(Computer computer, TaskListener listener)
            throws IOException, InterruptedException {
        EnvVars own = new EnvVars(computer.getEnvironment());
        return own.overrideExpandingAll(computer.buildEnvironment(listener));
    }

    /** The names, sorted, of the variables that a job sets, changes or removes. */
    public static List<String> changed(Map<String, String> agents, Map<String, String> jobs) {
        return NAMES.stream()
                .filter(name -> !Objects.equals(value(agents, name), value(jobs, name)))
                .toList();
    }

    /**
     * Why a job that changes variables is refused; empty if it changes none.
     *
     * @param changed names of the changed variables
     * @param what the action, as part of the message
     */
    static Optional<String> refusal(List<String> changed, String what) {
        return changed.isEmpty()
                ? Optional.empty()
                : Optional.of("The job changes " + String.join(", ", changed) + ", but " + what
                        + " the engine and the builders of the agent (insecure policy: engineVariables).");
    }

    /** docker treats an empty value as unset. */
    private static String value(Map<String, String> variables, String name) {
        return variables.getOrDefault(name, "");
    }
}
