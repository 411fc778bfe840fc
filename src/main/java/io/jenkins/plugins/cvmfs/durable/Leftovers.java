package io.jenkins.plugins.cvmfs.durable;

import hudson.FilePath;
import hudson.XmlFile;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Durable builds that ended in Jenkins while their agent could not be reached. They are stopped and removed once the
 * agent is back, or by the next build there. A file lists them, so they survive a restart of Jenkins.
 */
@Restricted(NoExternalUse.class)
public final class Leftovers {
    private static final Logger LOGGER = Logger.getLogger(Leftovers.class.getName());

    private Leftovers() {}

    /**
     * Adds a private directory.
     *
     * @param node the agent's name
     */
    public static synchronized void add(String node, String directory) {
        Map<String, Set<String>> directories = read();
        directories.computeIfAbsent(node, name -> new TreeSet<>()).add(directory);
        write(directories);
    }

    /** Removes the listed directories of an agent. */
    public static void remove(Computer computer) {
        VirtualChannel channel = computer == null || !file().exists() ? null : computer.getChannel();
        if (channel == null) {
            return;
        }
        for (String path : noted(computer.getName())) {
            FilePath directory = new FilePath(channel, path);
            try {
                new DurableDirectory(directory).abandon();
                directory.deleteRecursive();
                forget(computer.getName(), path);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Left on " + computer.getName() + " for now: " + path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static synchronized Set<String> noted(String node) {
        return read().getOrDefault(node, Set.of());
    }

    private static synchronized void forget(String node, String directory) {
        Map<String, Set<String>> directories = read();
        directories.getOrDefault(node, new TreeSet<>()).remove(directory);
        // A removed agent does not come back.
        directories
                .entrySet()
                .removeIf(each -> each.getValue().isEmpty() || Jenkins.get().getComputer(each.getKey()) == null);
        write(directories);
    }

    private static XmlFile file() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), Leftovers.class.getName() + ".xml"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Set<String>> read() {
        XmlFile file = file();
        try {
            return file.exists() ? (Map<String, Set<String>>) file.read() : new TreeMap<>();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "The list of what builds left on disconnected agents was lost", e);
            return new TreeMap<>();
        }
    }

    private static void write(Map<String, Set<String>> directories) {
        try {
            file().write(directories);
        } catch (IOException e) {
            LOGGER.log(
                    Level.WARNING,
                    "What a build left on a disconnected agent could not be noted; a later build in the same "
                            + "workspace removes it",
                    e);
        }
    }
}
