package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.dockerfile.CvmfsDevice;
import java.util.ArrayList;
import java.util.List;

/** Checks of the machine's own /cvmfs, which builds can read without the right to mount. */
final class HostCvmfsChecks {
    private static final String CDI_ON =
            "Use docker 28.3 or later, add {\"features\":{\"cdi\":true}} to /etc/docker/daemon.json and restart the "
                    + "engine";

    private final Probe probe;
    private final FrontEnd frontEnd;
    private final String directory;

    /** @param directory the directory of the machine's repositories */
    HostCvmfsChecks(Probe probe, FrontEnd frontEnd, String directory) {
        this.probe = probe;
        this.frontEnd = frontEnd;
        this.directory = directory;
    }

    /**
     * Checks for any container of the machine.
     *
     * @param local whether the engine is on this machine
     */
    List<Check> directory(boolean local) {
        String what = directory + " of this machine";
        if (!local) {
            return List.of(Check.warning(
                    what,
                    "the engine is on another machine, whose " + directory + " counts",
                    "Run doctor on the engine's machine"));
        }
        Probe.Answer mounts = probe.shell(
                "awk -v d=\"$1\" '$2 == d || index($2, d \"/\") == 1 { print $2, $3 }' /proc/mounts", directory);
        if (mounts.output().isBlank()) {
            return List.of(Check.lacking(
                    what,
                    "nothing is mounted there",
                    "Install the CVMFS client on this machine, with its automounter or with repositories in "
                            + "/etc/fstab, "
                            + "or leave " + frontEnd.naming().apply("cvmfsAccess") + " at client"));
        }
        List<String> repositories = mounts.output()
                .lines()
                .filter(line -> line.startsWith(directory + "/") && !line.endsWith(" autofs"))
                .map(line -> line.substring(directory.length() + 1, line.lastIndexOf(' ')))
                .limit(8)
                .toList();
        return List.of(
                Check.ok(what, repositories.isEmpty() ? "mounted on demand" : String.join(", ", repositories)),
                propagation());
    }

    private Check propagation() {
        String what = "mounts that appear in " + directory + " later";
        return isShared()
                ? Check.ok(what, "reach containers")
                : Check.lacking(
                        what,
                        "do not reach containers, because mounts are private here",
                        "Run 'mount --make-rshared /' before the engine starts");
    }

    /** The last mount on the path to the mount point. */
    boolean isShared() {
        return probe.shell(
                        "awk -v d=\"$1/\" '$5 == \"/\" || index(d, $5 \"/\") == 1 { last = $0 } "
                                + "END { exit last !~ / shared:/ }' /proc/self/mountinfo",
                        directory)
                .ok();
    }

    /** Further checks for a RUN of a Dockerfile. */
    List<Check> device() {
        List<Check> checks = new ArrayList<>();
        checks.add(cdi());
        checks.add(discovered());
        boolean here = probe.run("", "docker", "image", "inspect", "--format", "{{.Id}}", CvmfsDevice.FRONTEND)
                .ok();
        checks.add(Check.ok("Dockerfile frontend " + CvmfsDevice.FRONTEND, here ? "is here" : "will be pulled"));
        return checks;
    }

    private Check cdi() {
        String what = "CDI of the engine";
        Probe.Answer directories = probe.run("", "docker", "info", "--format", "{{json .CDISpecDirs}}");
        if (!directories.ok()) {
            return Check.lacking(what, "the engine is too old for CDI", CDI_ON);
        }
        String found = directories.lastLine();
        return found.contains("/")
                ? Check.ok(
                        what, "files in " + found.replaceAll("[\\[\\]\"]", "").replace(",", ", "))
                : Check.lacking(what, "CDI is off", CDI_ON);
    }

    private Check discovered() {
        String what = "CDI device " + CvmfsDevice.NAME;
        return isDiscovered()
                ? Check.ok(what, "the engine knows it")
                : Check.lacking(
                        what,
                        "the engine does not know it",
                        "Install its CDI file: 'cvmfs-derived-image host-access --print >" + CvmfsDevice.FILE + "'");
    }

    /** Whether the engine knows the device. */
    boolean isDiscovered() {
        return probe.run("", "docker", "info", "--format", "{{json .DiscoveredDevices}}")
                .lastLine()
                .contains('"' + CvmfsDevice.NAME + '"');
    }
}
