package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Check;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints the results of the checks of a machine. */
final class Checks {
    private final PrintWriter out;

    Checks(PrintWriter out) {
        this.out = out;
    }

    void host(Doctor.Report report) {
        print(
                "Strategy commit with this machine's /cvmfs " + verdict(report.hostCommitWorks()),
                report.host().directory());
        print(
                "Strategy buildx with this machine's /cvmfs " + verdict(report.hostBuildxWorks()),
                report.host().device());
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
