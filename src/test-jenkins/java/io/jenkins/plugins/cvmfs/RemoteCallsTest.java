package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Slave;
import hudson.remoting.Channel;
import hudson.remoting.Command;
import io.jenkins.plugins.cvmfs.harness.ScriptedDocker;
import io.jenkins.plugins.cvmfs.harness.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** How often a build calls its agent: each call is a round trip, and the build waits for most of them. */
@WithJenkins
class RemoteCallsTest {
    private static final String REQUEST = "hudson.remoting.Request";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private JenkinsRule jenkins;

    @BeforeEach
    void listen(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        Slave agent = new ScriptedDocker(directory).agent(jenkins);
        Setting.allowInsecure();
        ((Channel) agent.getChannel()).addListener(new Channel.Listener() {
            @Override
            public void onWrite(Channel channel, Command command, long size) {
                for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
                    if (type.getName().equals(REQUEST)) {
                        requests.add(command.toString());
                    }
                }
            }
        });
    }

    /** What a run asks its agent, but for what the step sh does at each look whether its script has ended. */
    private List<String> requests(String steps) throws Exception {
        requests.clear();
        Setting.run(
                jenkins,
                hudson.model.Result.SUCCESS,
                "node('linux') {\nwriteFile file: 'Dockerfile', text: 'FROM cms/base:1\\n'\n" + steps + "\n}");
        List<String> made = new ArrayList<>(requests);
        made.removeIf(request -> request.contains("durabletask"));
        return made;
    }

    @Test
    void aBuildAddsFewCallsToThoseOfTheStepSh() throws Exception {
        String sh = "sh 'docker buildx build --push .'";
        String step = "cvmfsDerivedImage(tags: ['reg.example.org/cms/a:1'], push: true, insecure: false)";
        // Classes are sent once.
        requests(sh);
        requests(step);

        List<String> plain = requests(sh);
        List<String> build = requests(step);

        assertThat(build.size() - plain.size())
                .as("%d calls of a build: %s%n%d calls of the step sh: %s", build.size(), build, plain.size(), plain)
                .isLessThanOrEqualTo(7);
    }
}
