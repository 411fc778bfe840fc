package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.DockerfileReader;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import java.util.List;

/** The stages of a Dockerfile by their names. */
final class StageNames {
    private static final int NAMED = 3;

    private final List<Instruction> stages;

    /** @param dockerfile its text; what cannot be read has no stages */
    StageNames(String dockerfile) {
        this.stages = DockerfileReader.read(dockerfile)
                .map(file -> file.instructions().stream()
                        .filter(each -> each.name().equals("from"))
                        .toList())
                .orElse(List.of());
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
            List<String> words = stages.get(stage).split();
            if (words.size() == NAMED && words.get(2).equalsIgnoreCase(name)) {
                return stage;
            }
        }
        return -1;
    }
}
