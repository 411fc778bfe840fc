package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** The machine's own /cvmfs, which builds may read without the right to mount. */
final class HostCvmfsChecks {
    private static final String DEVICE = "cern.ch/cvmfs";

    private final Probe probe;

    HostCvmfsChecks(Probe probe) {
        this.probe = probe;
    }

    /** @param local whether the engine is on this machine */
    List<Check> checks(boolean local) {
        List<Check> checks = new ArrayList<>();
        boolean here =
                local && probe.shell("grep -q '^[^ ]* /cvmfs[/ ]' /proc/mounts").ok();
        if (local) {
            checks.add(mounted(here));
        }
        String devices = probe.run("", "docker", "info", "--format", "{{json .DiscoveredDevices}}")
                .lastLine();
        if (devices.contains(DEVICE)) {
            checks.add(Check.ok("CDI device " + DEVICE, "the engine knows it"));
        } else if (here) {
            checks.add(Check.warning(
                    "CDI device " + DEVICE,
                    "the engine does not know it, so the RUN of a Dockerfile cannot use this machine's /cvmfs",
                    "Put a CDI specification for " + DEVICE + " into /etc/cdi, and add {\"features\":{\"cdi\":true}} "
                            + "to daemon.json (docker 25 or later)"));
        }
        return checks;
    }

    private Check mounted(boolean here) {
        String what = "/cvmfs of this machine";
        if (!here) {
            return Check.ok(what, "none; builds mount with the base image's client");
        }
        List<String> repositories = probe.shell("sed -n 's/^[^ ]* \\/cvmfs\\/\\([^ ]*\\) fuse.*/\\1/p' /proc/mounts")
                .output()
                .lines()
                .limit(8)
                .toList();
        String found = repositories.isEmpty() ? "automounted" : String.join(", ", repositories);
        // Of the mount point itself, or of what it lies on.
        boolean shared = probe.shell(
                        "awk '$5 == \"/\" || $5 == \"/cvmfs\" { last = $0 } END { exit last !~ / shared:/ }'"
                                + " /proc/self/mountinfo")
                .ok();
        return shared
                ? Check.ok(what, found)
                : Check.warning(
                        what,
                        found
                                + "; mounts are private here, so repositories that are mounted later are not seen in containers",
                        "'mount --make-rshared /' before the engine starts");
    }
}
