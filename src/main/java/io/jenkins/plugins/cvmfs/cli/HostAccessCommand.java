package io.jenkins.plugins.cvmfs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

final class HostAccessCommand extends Tool {
    private final OptionSpec print =
            flag(command, "--print", "Print the CDI file alone, for " + CvmfsDevice.FILE + ".");
    private final OptionSpec path = added(
            command,
            OptionSpec.builder("--cvmfs-host-path")
                    .type(String.class)
                    .arity("1")
                    .paramLabel("DIRECTORY")
                    .defaultValue(HostDirectory.DEFAULT),
            "Where this machine has its CVMFS repositories. Default: ${DEFAULT-VALUE}.");

    private final OptionSpec json = flag(
            command,
            "--json",
            "Print JSON: whether each strategy can, the checks, with what, state, found and fix, and the CDI file.");

    HostAccessCommand() {
        super(
                "host-access",
                "Shows whether builds can read this machine's own /cvmfs, and how to set that up. Exit "
                        + "codes: 0 if at least one strategy can, otherwise 1.");
        addHelp();
    }

    @Override
    public Integer call() throws JsonProcessingException {
        String directory = path.getValue();
        if (!HostDirectory.isAllowed(directory)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid --cvmfs-host-path '" + directory + "': expected " + HostDirectory.ALLOWED);
        }
        if (isGiven(print) && isGiven(json)) {
            throw new ParameterException(command.commandLine(), "--print and --json exclude each other");
        }
        PrintWriter out = command.commandLine().getOut();
        if (isGiven(print)) {
            out.print(CvmfsDevice.file(directory));
            out.flush();
            return Main.BUILT;
        }
        Doctor.Report report =
                new Doctor(new LocalProbe(), new FrontEnd(OptionTable::onCommandLine, Map.of()), directory).report();
        if (isGiven(json)) {
            Map<String, Object> document = Checks.json(report);
            document.keySet().retainAll(Set.of("hostBuildxWorks", "hostCommitWorks", "common", "host"));
            document.put("cdiFile", Map.of("path", CvmfsDevice.FILE, "content", CvmfsDevice.file(directory)));
            printJson(document);
        } else {
            Checks checks = new Checks(out);
            checks.obstacles(report);
            checks.host(report);
            if (!report.hostBuildxWorks()) {
                out.print(installation(directory));
            }
            out.flush();
        }
        return report.hostBuildxWorks() || report.hostCommitWorks() ? Main.BUILT : Main.FAILED;
    }

    private static String installation(String directory) {
        String path = directory.equals(HostDirectory.DEFAULT) ? "" : " --cvmfs-host-path=" + directory;
        return """
                To give %s to the RUNs of a Dockerfile, as root on the machine of the engine or of buildkitd:
                  mkdir -p %s
                  cvmfs-derived-image host-access --print%s >%s
                In docker CDI must be on: {"features":{"cdi":true}} in /etc/docker/daemon.json and 'systemctl restart
                docker'. buildkitd has it on, unless its buildkitd.toml says otherwise below [cdi].
                """.formatted(
                directory, CvmfsDevice.FILE.substring(0, CvmfsDevice.FILE.lastIndexOf('/')), path, CvmfsDevice.FILE);
    }
}
