package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Check;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints the results of the checks of a machine. */
final class Checks {
    private final PrintWriter out;

    Checks(PrintWriter out) {
        this.out = out;
    }

    /** What both strategies lack. */
    void obstacles(Doctor.Report report) {
        List<Check> lacking = report.common().stream()
                .filter(check -> check.state() == Check.State.LACKING)
                .toList();
        if (!lacking.isEmpty()) {
            print("This machine", lacking);
        }
    }

    void host(Doctor.Report report) {
        print(
                "Strategy commit with this machine's /cvmfs " + verdict(report.hostCommitWorks()),
                report.host().directory());
        print(
                "Strategy buildx with this machine's /cvmfs " + verdict(report.hostBuildxWorks()),
                report.host().device());
    }

    /** Everything that was found, for scripts. */
    static Map<String, Object> json(Doctor.Report report) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("buildxWorks", report.buildxWorks());
        all.put("commitWorks", report.commitWorks());
        all.put("hostBuildxWorks", report.hostBuildxWorks());
        all.put("hostCommitWorks", report.hostCommitWorks());
        all.put("common", report.common());
        all.put("buildx", report.buildx());
        all.put("commit", report.commit());
        all.put("host", report.host());
        return all;
    }

    static String verdict(boolean works) {
        return works ? "can work" : "cannot work";
    }

    void print(String title, List<Check> checks) {
        out.println(title);
        for (Check check : checks) {
            out.printf("  %-8s %s: %s%n", check.state().name().toLowerCase(Locale.ROOT), check.what(), check.found());
            if (!check.fix().isEmpty()) {
                out.println("           Fix: " + check.fix());
            }
        }
    }
}
