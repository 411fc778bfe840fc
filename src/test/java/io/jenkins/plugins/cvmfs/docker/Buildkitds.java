package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.util.ArrayList;
import java.util.List;

/** Buildkitds in containers of the engine, which builds reach by an address alone. */
final class Buildkitds {
    private Buildkitds() {}

    /**
     * Starts one and waits until it serves.
     *
     * @param more options of the container
     * @param files a directory of files that it needs
     * @param where their directory in the container
     * @param words the arguments of buildkitd
     * @return the container
     */
    static String start(Rig rig, List<String> more, String files, String where, String... words) throws Exception {
        List<String> create = new ArrayList<>(List.of("create", "--privileged"));
        create.addAll(more);
        create.add(BuilderSpec.DEFAULT_IMAGE);
        create.addAll(List.of(words));
        String container = rig.docker(create.toArray(String[]::new)).answer();
        rig.docker("cp", files, container + ":" + where).answer();
        rig.docker("start", container).answer();
        Ran logs = rig.docker("logs", container);
        while (!(logs.out() + logs.err()).contains("running server on")) {
            assertThat(rig.docker("container", "inspect", "--format={{.State.Running}}", container)
                            .answer())
                    .as(logs.out() + logs.err())
                    .isEqualTo("true");
            Thread.sleep(50);
            logs = rig.docker("logs", container);
        }
        return container;
    }

    static void stop(Rig rig, List<String> containers) throws Exception {
        for (String container : containers) {
            rig.docker("container", "rm", "--force", "--volumes", container).answer();
        }
    }
}
