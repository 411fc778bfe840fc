package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.BuildStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import java.util.List;

/** The stages of a Dockerfile by name. */
final class StageNames {
    private final List<BuildStage> stages;

    /** @param dockerfile its text; an unreadable one has no stages */
    StageNames(String dockerfile) {
        this.stages = Dockerfile.parse(dockerfile).map(Dockerfile::stages).orElse(List.of());
    }

    /** The number of stages. */
    int count() {
        return stages.size();
    }

    boolean has(String name) {
        return last(name) >= 0;
    }

    /** The number, from 0, of the last stage of that name; -1 if there is none. */
    int last(String name) {
        for (int stage = stages.size() - 1; stage >= 0; stage--) {
            if (name.equalsIgnoreCase(stages.get(stage).name())) {
                return stage;
            }
        }
        return -1;
    }
}
