package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Check;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

final class DoctorCommand extends Tool {
    private static final Pattern NAMESPACE = Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)?");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}");

    private final OptionSpec networkCheck = added(
            command,
            OptionSpec.builder("--network-check")
                    .type(String.class)
                    .arity("0..1")
                    .fallbackValue("cvmfs-stratum-one.cern.ch")
                    .paramLabel("HOST"),
            "Also run a two-line build to check that a RUN can resolve this name. Default: the "
                    + "name of a CVMFS server.");
    private final OptionSpec kubernetes = added(
            command,
            OptionSpec.builder("--kubernetes")
                    .type(String.class)
                    .arity("0..1")
                    .fallbackValue("")
                    .paramLabel("NAMESPACE"),
            "Also check with kubectl what driver kubernetes needs in the cluster of the kubeconfig. Default: the "
                    + "namespace of the kubeconfig.");
    private final OptionSpec json =
            flag(command, "--json", "Print JSON: the checks of each part, with what, state, found and fix.");

    DoctorCommand() {
        super(
                "doctor",
                "Shows what this machine has and lacks to build images, with the base image's CVMFS "
                        + "client or with its own /cvmfs. Exit codes: 0 if at least one strategy can work, "
                        + "otherwise 1.");
        addHelp();
    }

    @Override
    public Integer call() throws JsonProcessingException {
        String host = networkCheck.getValue();
        if (host != null && !HOST.matcher(host).matches()) {
            throw new ParameterException(
                    command.commandLine(), "Invalid --network-check '" + host + "': expected the name of a host");
        }
        String namespace = kubernetes.getValue();
        if (namespace != null && !NAMESPACE.matcher(namespace).matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid --kubernetes '" + namespace + "': expected the name of a namespace");
        }
        Doctor doctor = new Doctor(new LocalProbe(), new FrontEnd(OptionTable::onCommandLine, Map.of()));
        Doctor.Report report = doctor.report(host);
        List<Check> cluster = namespace == null ? List.of() : doctor.cluster(namespace);
        PrintWriter out = command.commandLine().getOut();
        if (isGiven(json)) {
            Map<String, Object> document = Checks.json(report);
            if (!cluster.isEmpty()) {
                document.put("kubernetes", cluster);
            }
            printJson(document);
        } else {
            Checks checks = new Checks(out);
            checks.print("This machine", report.common());
            checks.print("Strategy buildx " + Checks.verdict(report.buildxWorks()), report.buildx());
            checks.print("Strategy commit " + Checks.verdict(report.commitWorks()), report.commit());
            checks.host(report);
            if (namespace != null) {
                checks.print("Driver kubernetes " + Checks.verdict(works(cluster)), cluster);
            }
        }
        out.flush();
        boolean works = report.buildxWorks()
                || report.commitWorks()
                || report.hostBuildxWorks()
                || report.hostCommitWorks()
                || namespace != null && works(cluster);
        return works ? Main.BUILT : Main.FAILED;
    }

    private static boolean works(List<Check> checks) {
        return checks.stream().noneMatch(check -> check.state() == Check.State.LACKING);
    }
}
