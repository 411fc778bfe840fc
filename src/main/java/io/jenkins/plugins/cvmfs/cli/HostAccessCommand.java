package io.jenkins.plugins.cvmfs.cli;

import io.jenkins.plugins.cvmfs.engine.diagnosis.Doctor;
import io.jenkins.plugins.cvmfs.engine.diagnosis.FrontEnd;
import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "host-access",
        description = "Shows whether builds can read this machine's own /cvmfs, and how to set that up. Exit codes: "
                + "0 if at least one strategy can, otherwise 1.",
        mixinStandardHelpOptions = true)
final class HostAccessCommand implements Callable<Integer> {
    @Spec
    private CommandSpec command;

    @Option(names = "--print", description = "Print the CDI file alone, for " + CvmfsDevice.FILE + ".")
    private boolean print;

    @Option(
            names = "--cvmfs-host-path",
            paramLabel = "DIRECTORY",
            defaultValue = HostDirectory.DEFAULT,
            description = "Where this machine has its CVMFS repositories. Default: ${DEFAULT-VALUE}.")
    private String directory;

    @Override
    public Integer call() {
        if (!HostDirectory.isAllowed(directory)) {
            throw new ParameterException(
                    command.commandLine(),
                    "Invalid --cvmfs-host-path '" + directory + "': expected " + HostDirectory.ALLOWED);
        }
        PrintWriter out = command.commandLine().getOut();
        if (print) {
            out.print(CvmfsDevice.file(directory));
            out.flush();
            return Main.BUILT;
        }
        Doctor.Report report =
                new Doctor(new LocalProbe(), new FrontEnd(OptionTable::onCommandLine, Map.of()), directory).report();
        Checks checks = new Checks(out);
        checks.host(report);
        if (!report.hostBuildxWorks()) {
            out.print(installation());
        }
        out.flush();
        return report.hostBuildxWorks() || report.hostCommitWorks() ? Main.BUILT : Main.FAILED;
    }

    private String installation() {
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
