package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A stage of a Dockerfile.
 *
 * @param number from 0
 * @param name what follows AS, in lower case; null if it has none
 * @param base its base, as written
 * @param from its FROM instruction
 * @param instructions those below its FROM
 */
public record BuildStage(int number, String name, String base, Instruction from, List<Instruction> instructions) {
    private static final int NAMED = 3;

    static List<BuildStage> of(List<Instruction> instructions) {
        List<BuildStage> stages = new ArrayList<>();
        int start = -1;
        for (int at = 0; at <= instructions.size(); at++) {
            if (at == instructions.size() || instructions.get(at).name().equals("from")) {
                if (start >= 0) {
                    Instruction from = instructions.get(start);
                    stages.add(new BuildStage(
                            stages.size(), name(from), base(from), from, instructions.subList(start + 1, at)));
                }
                start = at;
            }
        }
        return List.copyOf(stages);
    }

    private static String base(Instruction from) {
        return from.split().isEmpty() ? "" : from.split().get(0);
    }

    private static String name(Instruction from) {
        List<String> words = from.split();
        return words.size() == NAMED && words.get(1).equalsIgnoreCase("as")
                ? words.get(2).toLowerCase(Locale.ROOT)
                : null;
    }
}
