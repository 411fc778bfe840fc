package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Collects findings. */
final class Findings {
    private final List<DockerfileFinding> found = new ArrayList<>();

    /**
     * Adds a finding.
     *
     * @param certain whether it is an error
     * @param text what happens and why
     * @param fix what to do
     */
    void add(DockerfileRule rule, boolean certain, Instruction in, String text, String fix) {
        add(rule, certain, in.firstLine(), in.lastLine(), text, fix);
    }

    private void add(DockerfileRule rule, boolean certain, int line, int lastLine, String text, String fix) {
        Severity severity = certain ? Severity.ERROR : Severity.WARNING;
        found.add(new DockerfileFinding(rule.id(), severity, line, lastLine, shown(text), shown(fix)));
    }

    /** Text from a file must not reach a terminal unchanged. */
    private static String shown(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u0080-\\u009F\\p{Cf}]", "?");
    }

    /** Adds a finding about a line that is not an instruction. */
    void add(DockerfileRule rule, boolean certain, int line, String text, String fix) {
        add(rule, certain, line, line, text, fix);
    }

    /** Adds a warning. */
    void warn(DockerfileRule rule, Instruction in, String text, String fix) {
        add(rule, false, in, text, fix);
    }

    /**
     * All findings, in the order of the lines.
     *
     * @param skipped ids of suppressed warnings, or {@code all}
     */
    List<DockerfileFinding> without(Set<String> skipped) {
        return found.stream()
                .filter(finding -> finding.isError() || !skipped.contains(finding.id()) && !skipped.contains("all"))
                .sorted(Comparator.comparingInt(DockerfileFinding::line))
                .toList();
    }
}
