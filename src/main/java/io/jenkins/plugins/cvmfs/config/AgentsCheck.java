package io.jenkins.plugins.cvmfs.config;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Computer;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import io.jenkins.plugins.cvmfs.agent.AgentProbe;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Check;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** Checks whether builds can read the own CVMFS of the agents that match a label expression. */
final class AgentsCheck {
    /** Short, since an administrator waits for the answer. */
    private static final int MOST = 10;

    private AgentsCheck() {}

    /**
     * Handles the button of the form, for users who may configure Jenkins.
     *
     * @param label a label expression
     * @param hostPath directory of the agents' repositories; that of the system configuration if empty
     */
    static FormValidation of(String label, String hostPath) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        String expression = Util.fixEmptyAndTrim(label);
        if (expression == null || LabelExpression.parse(expression).isEmpty()) {
            return FormValidation.error("Give a label expression first, such as linux && cvmfs");
        }
        String directory = directory(hostPath);
        if (!HostDirectory.isAllowed(directory)) {
            return HostPath.check(directory);
        }
        List<Node> nodes = new ArrayList<>(Jenkins.get().getNodes());
        nodes.add(Jenkins.get());
        nodes.removeIf(node -> !LabelExpression.matches(expression, node));
        if (nodes.isEmpty()) {
            return FormValidation.warning("No agent matches " + expression);
        }
        List<FormValidation> answers = new ArrayList<>();
        for (Node node : nodes.subList(0, Math.min(MOST, nodes.size()))) {
            answers.add(answer(node, directory));
        }
        if (nodes.size() > MOST) {
            answers.add(FormValidation.ok(nodes.size() - MOST + " more match, which were not asked"));
        }
        return FormValidation.aggregate(answers);
    }

    private static String directory(String hostPath) {
        String given = Util.fixEmptyAndTrim(hostPath);
        String general = DerivedImageConfiguration.get().getHostPath();
        return given != null ? given : general != null ? general : HostDirectory.DEFAULT;
    }

    private static FormValidation answer(Node node, String directory) {
        String name = node.getDisplayName();
        FilePath root = node.getRootPath();
        Computer computer = node.toComputer();
        if (root == null || computer == null) {
            return FormValidation.warning(name + ": offline");
        }
        try {
            // Commands run there; an agent that has built nothing yet may lack it.
            root.mkdirs();
            EnvVars env = new EnvVars(computer.getEnvironment());
            env.putAll(computer.buildEnvironment(TaskListener.NULL));
            AgentProbe probe = new AgentProbe(root, node.createLauncher(TaskListener.NULL), env, TaskListener.NULL);
            return shown(
                    new Doctor(probe, FrontEnd.PLAIN, directory).hostReport().hostSummary(name));
        } catch (IOException e) {
            return FormValidation.warning(name + ": cannot be asked: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FormValidation.warning(name + ": interrupted");
        }
    }

    private static FormValidation shown(Check check) {
        String text = check.what() + ": " + check.found() + (check.fix().isEmpty() ? "" : ". Fix: " + check.fix());
        return switch (check.state()) {
            case OK -> FormValidation.ok(text);
            case WARNING -> FormValidation.warning(text);
            case LACKING -> FormValidation.error(text);
        };
    }
}
