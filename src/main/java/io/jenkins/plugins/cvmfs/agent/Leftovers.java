package io.jenkins.plugins.cvmfs.agent;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Durable builds that ended, for Jenkins, while their agent could not be reached: they are stopped and removed when it is
 * back, or at the next build there.
 */
@Restricted(NoExternalUse.class)
public final class Leftovers {
    private static final Logger LOGGER = Logger.getLogger(Leftovers.class.getName());

    private static final Map<String, Set<String>> DIRECTORIES = new ConcurrentHashMap<>();

    private Leftovers() {}

    /**
     * Notes a private directory.
     *
     * @param node the agent's name
     */
    public static void add(String node, String directory) {
        DIRECTORIES.computeIfAbsent(node, name -> ConcurrentHashMap.newKeySet()).add(directory);
    }

    /** Removes what was noted for an agent. */
    public static void remove(Computer computer) {
        Set<String> directories = computer == null ? Set.of() : DIRECTORIES.getOrDefault(computer.getName(), Set.of());
        if (directories.isEmpty()) {
            return;
        }
        VirtualChannel channel = computer.getChannel();
        for (String path : channel == null ? Set.<String>of() : directories) {
            FilePath directory = new FilePath(channel, path);
            try {
                new DurableDirectory(directory).abandon();
                directory.deleteRecursive();
                directories.remove(path);
            } catch (IOException e) {
                LOGGER.log(Level.WARNING, "Left on " + computer.getName() + " for now: " + path, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
