package io.jenkins.plugins.cvmfs.config;

import hudson.AbortException;
import hudson.EnvVars;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Node;
import hudson.model.TaskListener;
import hudson.util.ListBoxModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The docker commands that administrators installed (Manage Jenkins, Tools). A job chooses one by name. */
@Restricted(NoExternalUse.class)
public final class DockerTools {
    private static final String COMMAND = "bin/docker";

    private DockerTools() {}

    /** The names. */
    public static List<String> names() {
        return Arrays.stream(installations()).map(DockerTool::getName).toList();
    }

    /**
     * The choices of a form: no installation first, and always the one that is set, so that saving does not lose it if
     * it no longer exists.
     *
     * @param item the job, or null
     * @param set the current setting, or null
     */
    public static ListBoxModel choices(Item item, String set) {
        ListBoxModel items = new ListBoxModel();
        boolean mayChoose = CredentialsChoice.mayChoose(item);
        if (mayChoose) {
            items.add(Messages.toolOfPath(), "");
            names().forEach(name -> items.add(name, name));
        }
        if (Util.fixEmpty(set) != null && !(mayChoose && names().contains(set))) {
            items.add(set, set);
        }
        return items;
    }

    private static DockerTool[] installations() {
        return ExtensionList.lookupSingleton(DockerTool.DescriptorImpl.class).getInstallations();
    }

    /**
     * The home of an installation on an agent. Installs it if necessary.
     *
     * @param name given by the job
     * @param own the agent's own environment, for variables in the home; a job's variables could point elsewhere
     * @throws AbortException if no installation has this name, or it contains no docker command
     */
    public static String home(String name, Node node, EnvVars own, TaskListener listener)
            throws IOException, InterruptedException {
        DockerTool tool = Arrays.stream(installations())
                .filter(installation -> installation.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AbortException("Invalid toolName '" + name
                        + "': there is no Docker installation of this name under Manage Jenkins, Tools"
                        + names().stream().collect(Collectors.joining("', '", "; expected '", "'"))));
        String home = Util.fixEmpty(own.expand(tool.forNode(node, listener).getHome()));
        FilePath directory = home == null ? null : node.createPath(home);
        if (directory == null || !directory.child(COMMAND).exists()) {
            throw new AbortException("The Docker installation '" + name + "' has no " + COMMAND + " on "
                    + node.getDisplayName() + (home == null ? "" : " in " + home)
                    + ". An administrator must fix it under Manage Jenkins, Tools.");
        }
        return directory.getRemote();
    }
}
