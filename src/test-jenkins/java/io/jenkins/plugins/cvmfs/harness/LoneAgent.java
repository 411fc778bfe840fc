package io.jenkins.plugins.cvmfs.harness;

import hudson.model.TaskListener;
import hudson.remoting.Channel;
import hudson.remoting.Which;
import hudson.slaves.ComputerLauncher;
import hudson.slaves.DumbSlave;
import hudson.slaves.RetentionStrategy;
import hudson.slaves.SlaveComputer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.jvnet.hudson.test.JenkinsRule;

/** An agent that ends alone when its connection does: what it started runs on, as on another machine. */
public final class LoneAgent extends ComputerLauncher {
    private final String jar;
    private transient Process process;

    private LoneAgent(String jar) {
        this.jar = jar;
    }

    /**
     * Makes an agent, and waits for it.
     *
     * @param directory where it works
     */
    public static void create(JenkinsRule jenkins, String name, Path directory) throws Exception {
        File jar = Which.jarFile(hudson.remoting.Launcher.class);
        DumbSlave agent = new DumbSlave(name, directory.toString(), new LoneAgent(jar.getPath()));
        agent.setRetentionStrategy(RetentionStrategy.NOOP);
        jenkins.jenkins.addNode(agent);
        jenkins.waitOnline(agent);
    }

    /** Ends its process. */
    public static void kill(JenkinsRule jenkins, String name) throws Exception {
        DumbSlave agent = (DumbSlave) jenkins.jenkins.getNode(name);
        ((LoneAgent) agent.getLauncher()).process.destroyForcibly().waitFor();
        while (agent.getComputer().isOnline()) {
            Thread.sleep(50);
        }
    }

    /** Starts it again. */
    public static void restart(JenkinsRule jenkins, String name) throws Exception {
        jenkins.waitOnline((DumbSlave) jenkins.jenkins.getNode(name));
    }

    @Override
    public void launch(SlaveComputer computer, TaskListener listener) throws IOException, InterruptedException {
        Process started = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xmx256m", "-jar", jar)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        // The end of this connection is told late, when the next process may run already.
        computer.setChannel(started.getInputStream(), started.getOutputStream(), listener, new Channel.Listener() {
            @Override
            public void onClosed(Channel channel, IOException cause) {
                started.destroyForcibly();
            }
        });
    }
}
