package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.cvmfs.agent.AgentSite;
import io.jenkins.plugins.cvmfs.agent.Belongings;
import io.jenkins.plugins.cvmfs.config.DockerTools;
import io.jenkins.plugins.cvmfs.config.EngineVariables;
import io.jenkins.plugins.cvmfs.engine.login.AuthFile;
import io.jenkins.plugins.cvmfs.engine.login.DockerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Jenkins provides to a step.
 *
 * @param run the run
 * @param workspace where relative paths start
 * @param launcher starts processes there
 * @param env the environment of the step
 * @param listener the log
 * @param sensitive values that Jenkins knows to be secret: variables of credentials, password parameters
 */
public record Surroundings(
        Run<?, ?> run,
        FilePath workspace,
        Launcher launcher,
        EnvVars env,
        TaskListener listener,
        Set<String> sensitive) {
    /** For a step whose secrets Jenkins does not pass on, except those that the run itself knows. */
    public static Surroundings of(
            Run<?, ?> run, FilePath workspace, Launcher launcher, EnvVars env, TaskListener listener) {
        Set<String> names = run instanceof AbstractBuild<?, ?> build ? build.getSensitiveBuildVariables() : Set.of();
        return new Surroundings(run, workspace, launcher, env, listener, values(env, names));
    }

    /**
     * The values of variables.
     *
     * @param names of variables, which may be unset
     */
    public static Set<String> values(EnvVars env, Collection<String> names) {
        Set<String> values = new TreeSet<>();
        names.forEach(name -> Optional.ofNullable(env.get(name))
                .filter(value -> !value.isBlank())
                .ifPresent(values::add));
        return values;
    }

    /**
     * Fails on Windows.
     *
     * @param what the action, as part of the message
     */
    void requireUnix(String what) throws AbortException {
        if (!launcher.isUnix()) {
            throw new AbortException(
                    "This agent runs Windows; " + what + " on agents that run Linux. Choose one by its label.");
        }
    }

    /**
     * The private directory of a build. Inside the step {@code dir}, the workspace is only a folder of the real one.
     * The directory is created beside the whole workspace, so that no other build of the run includes it in its
     * context.
     *
     * @param id the build's id
     */
    public FilePath privateDirectory(String id) throws IOException {
        String whole = env.getOrDefault("WORKSPACE", "");
        boolean inside = !whole.isEmpty() && workspace.getRemote().startsWith(whole + "/");
        return AgentSite.directory(inside ? new FilePath(workspace.getChannel(), whole) : workspace, id);
    }

    /** Whether a timer started the run. */
    boolean scheduled() {
        return run.getCauses().stream()
                .anyMatch(cause -> cause.getClass().getSimpleName().equals("TimerTriggerCause"));
    }

    /**
     * The log with all secrets masked.
     *
     * @param auths logins that are sent to the agent
     * @param more further secrets of the build
     */
    MaskedListener masked(Map<String, String> auths, Collection<String> more) {
        List<String> hidden = new ArrayList<>(more);
        hidden.addAll(AuthFile.hidden(auths.values()));
        hidden.addAll(DockerConfig.hidden(env));
        hidden.addAll(sensitive);
        return new MaskedListener(listener, hidden);
    }

    /**
     * The agent as the place of a build.
     *
     * @param directory the private directory
     * @param log gets the output
     * @param belongings what is written besides the plan's files
     */
    AgentSite site(FilePath directory, MaskedListener log, Belongings belongings) {
        return new AgentSite(directory, workspace, launcher, env, log, belongings);
    }

    /**
     * The home of a Docker installation on the agent. Installs it if necessary.
     *
     * @param tool its name, or null for none
     */
    Optional<String> dockerHome(String tool) throws IOException, InterruptedException {
        Node node = node();
        if (tool == null || node == null) {
            return Optional.empty();
        }
        EnvVars own = new EnvVars();
        agentsEnvironment().ifPresent(own::putAll);
        return Optional.of(DockerTools.home(tool, node, own, listener));
    }

    /** The same with another docker command in front of PATH. */
    Surroundings withDocker(String home) {
        EnvVars with = new EnvVars(env);
        String path = env.get("PATH");
        with.put("PATH", home + "/bin" + (path == null ? "" : ":" + path));
        return new Surroundings(run, workspace, launcher, with, listener, sensitive);
    }

    /** The agent's own environment, not that of the job; empty if its computer no longer exists. */
    Optional<Map<String, String>> agentsEnvironment() throws IOException, InterruptedException {
        Computer computer = computer();
        return computer == null ? Optional.empty() : Optional.of(EngineVariables.of(computer, listener));
    }

    /**
     * The names of the {@link EngineVariables} that the job changes.
     *
     * @param agents the agent's own environment; empty if the agent is unknown
     */
    List<String> changedVariables(Optional<Map<String, String>> agents) {
        return agents.map(own -> EngineVariables.changed(own, env)).orElse(List.of());
    }

    /** The computer of the workspace, or null if it no longer exists. */
    Computer computer() {
        return workspace.toComputer();
    }

    /** The node of the workspace, or null if it no longer exists. */
    Node node() {
        Computer computer = computer();
        return computer == null ? null : computer.getNode();
    }
}
