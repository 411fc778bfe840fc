package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks of the machine that builds, apart from docker: directories, logins, disks, devices. */
final class MachineChecks {
    private static final String DOCKER_CONFIG = "${DOCKER_CONFIG:-${HOME-}/.docker}";

    // The directory itself, or the nearest one above it in which it would be made.
    private static final String WRITABLE = """
            directory=$1
            while [ ! -e "$directory" ]; do
                case $directory in
                    */*) directory=${directory%/*} ;;
                    *) directory=. ;;
                esac
                directory=${directory:-/}
            done
            [ -d "$directory" ] && [ -w "$directory" ]
            """;

    private static final Pattern HELPER = Pattern.compile("\"credsStore\"\\s{0,20}:\\s{0,20}\"([\\w.-]{1,60})\"");
    private static final Pattern HELPERS = Pattern.compile("\"credHelpers\"\\s{0,20}:\\s{0,20}\\{([^}]{0,4000})}");
    private static final Pattern VALUE = Pattern.compile(":\\s{0,20}\"([\\w.-]{1,60})\"");
    private static final Pattern FREE = Pattern.compile("\\s(\\d{1,15})\\s{1,20}\\d{1,3}%");

    private static final long GIGABYTE = 1024L * 1024;
    private static final long LITTLE = 10 * GIGABYTE;

    private final Probe probe;

    MachineChecks(Probe probe) {
        this.probe = probe;
    }

    /** @param local whether the engine is on this machine */
    List<Check> checks(boolean local) {
        List<Check> checks = new ArrayList<>();
        checks.add(directory(
                "docker's configuration directory", "${BUILDX_CONFIG:-" + DOCKER_CONFIG + "/buildx}", "DOCKER_CONFIG"));
        checks.add(directory(
                "state directory", "${XDG_STATE_HOME:-${HOME:-/nonexistent}/.local/state}", "XDG_STATE_HOME"));
        checks.add(logins());
        checks.add(room("disk of temporary files", value("${TMPDIR:-/tmp}")));
        checks.add(fuse(local));
        if (local) {
            checks.add(emulation());
        }
        checks.add(fetching());
        return checks;
    }

    private String value(String expansion) {
        return probe.shell("echo \"" + expansion + "\"").output().strip();
    }

    private Check directory(String what, String expansion, String variable) {
        String path = value(expansion);
        if (probe.shell(WRITABLE, path).ok()) {
            return Check.ok(what, path);
        }
        String fix = "Make it writable for this user, or set " + variable + " (or HOME) to a directory that is";
        return variable.equals("DOCKER_CONFIG")
                ? Check.lacking(what, path + " not writable: buildx cannot keep builders there", fix)
                : Check.warning(
                        what, path + " not writable: what killed builds leave behind cannot be removed later", fix);
    }

    private Check logins() {
        String what = "credential helpers";
        String config = probe.shell("cat \"" + DOCKER_CONFIG + "/config.json\" 2>/dev/null || :")
                .output();
        Set<String> helpers = new LinkedHashSet<>();
        HELPER.matcher(config).results().forEach(result -> helpers.add(result.group(1)));
        HELPERS.matcher(config)
                .results()
                .forEach(block ->
                        VALUE.matcher(block.group(1)).results().forEach(result -> helpers.add(result.group(1))));
        List<String> missing = helpers.stream()
                .map(helper -> "docker-credential-" + helper)
                .filter(helper -> !probe.shell("command -v \"$1\"", helper).ok())
                .toList();
        if (!missing.isEmpty()) {
            return Check.warning(
                    what,
                    "docker's config.json names " + String.join(", ", missing) + ", which is not installed",
                    "Remove \"credsStore\" and \"credHelpers\" from config.json, or install it");
        }
        return probe.shell("[ -n \"${DOCKER_AUTH_CONFIG-}\" ]").ok()
                ? Check.warning(
                        what,
                        "DOCKER_AUTH_CONFIG is set: docker uses its logins rather than those of config.json",
                        "Unset it if a login is refused")
                : Check.ok(what, helpers.isEmpty() ? "none" : String.join(", ", helpers));
    }

    /** @param path a directory, or null if it is on another machine */
    Check room(String what, String path) {
        if (path == null || path.isBlank()) {
            return Check.ok(what, "on another machine, not checked");
        }
        Matcher free = FREE.matcher(probe.run("", "df", "-Pk", path).lastLine());
        if (!free.find()) {
            return Check.ok(what, path + ", not readable for this user");
        }
        long kilobytes = Long.parseLong(free.group(1));
        String found = "%.1f GB free at %s".formatted((double) kilobytes / GIGABYTE, path);
        if (kilobytes >= LITTLE || what.contains("temporary") && kilobytes >= GIGABYTE) {
            return Check.ok(what, found);
        }
        String fix = what.contains("temporary")
                ? "Free space there, or set TMPDIR to another directory"
                : "'docker system df' shows what is used; 'docker buildx prune' and 'docker image prune' free space";
        return kilobytes < GIGABYTE / 10 ? Check.lacking(what, found, fix) : Check.warning(what, found, fix);
    }

    private Check fuse(boolean local) {
        String what = "/dev/fuse";
        if (!local) {
            return Check.ok(what, "the engine is on another machine, not checked");
        }
        return probe.run("", "test", "-c", "/dev/fuse").ok()
                ? Check.ok(what, "is here")
                : Check.warning(
                        what,
                        "not on this machine",
                        "'modprobe fuse', unless the builder runs on another machine or builds use the host's /cvmfs");
    }

    private Check emulation() {
        String what = "other architectures (QEMU)";
        List<String> emulators = probe.shell("ls /proc/sys/fs/binfmt_misc 2>/dev/null || :")
                .output()
                .lines()
                .filter(line -> line.startsWith("qemu-"))
                .map(line -> line.substring("qemu-".length()))
                .toList();
        return Check.ok(
                what,
                emulators.isEmpty() ? "none: images for this machine's architecture" : String.join(", ", emulators));
    }

    private Check fetching() {
        String what = "fetching setup scripts by URL";
        if (probe.run("", "curl", "--version").ok()) {
            return Check.ok(what, "curl");
        }
        return probe.run("", "wget", "--version").ok()
                ? Check.ok(what, "wget")
                : Check.warning(what, "neither curl nor wget", "Install curl, if setup scripts are fetched by URL");
    }
}
