package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Check;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description =
                "Tells what this machine has and lacks for either strategy. Exit codes: 0 if one can work, else 1.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Doctor.Report report = new Doctor(new LocalProbe()).report();
        PrintWriter out = command.commandLine().getOut();
        print(out, "This machine", report.common());
        print(out, "Strategy buildx " + verdict(report.buildxWorks()), report.buildx());
        print(out, "Strategy commit " + verdict(report.commitWorks()), report.commit());
        out.flush();
        return report.buildxWorks() || report.commitWorks() ? Main.BUILT : Main.FAILED;
    }

    private static String verdict(boolean works) {
        return works ? "can work" : "cannot work";
    }

    private static void print(PrintWriter out, String title, List<Check> checks) {
        out.println(title);
        for (Check check : checks) {
            out.printf("  %-8s %s: %s%n", check.state().name().toLowerCase(Locale.ROOT), check.what(), check.found());
            if (!check.fix().isEmpty()) {
                out.println("           fix: " + check.fix());
            }
        }
    }
}
