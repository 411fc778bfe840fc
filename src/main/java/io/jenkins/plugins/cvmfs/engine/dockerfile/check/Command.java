package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A command of a script.
 *
 * @param words without quotes, with variables as written
 * @param certain whether it runs unless a command before it fails
 */
record Command(List<String> words, boolean certain) {
    private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\+?=.*", Pattern.DOTALL);
    private static final Pattern REPOSITORY = Pattern.compile("/cvmfs(?:/[^/]*)?/*");
    /** The command of the usual base image that mounts and then runs its arguments. */
    private static final String ENTRY = "/run.sh";

    private static final String HELPER = "/" + DockerfileChecks.HELPER + "/mount";
    private static final Set<String> BEFORE = Set.of("sudo", "exec", "command", "env", "nohup", "builtin");
    private static final Set<String> MOUNTING =
            Set.of("mount_cvmfs", "mount.cvmfs", "cvmfs2", "cvmfsexec", "singcvmfs");
    private static final Set<String> PREPARATIONS =
            Set.of("", "set", "source", ".", "export", "cd", "true", ":", "echo", "printf");
    private static final Set<String> SHELLS = Set.of("sh", "bash", "zsh", "dash", "ash", "ksh");

    /** Commands that name a path without reading it. */
    private static final Set<String> HARMLESS = Set.of(
            "echo",
            "printf",
            "mkdir",
            "rmdir",
            "ln",
            "umount",
            "fusermount",
            "sed",
            "export",
            "alias",
            "chown",
            "chmod",
            "mountpoint",
            "findmnt",
            "useradd",
            "usermod",
            "grep",
            "set",
            "unset",
            "readonly",
            "declare",
            "local",
            "test",
            "[",
            "[[",
            "for",
            "case",
            "cvmfs_config");

    private int start() {
        int at = 0;
        while (at < words.size()
                && (ASSIGNMENT.matcher(words.get(at)).matches()
                        || BEFORE.contains(words.get(at))
                        || at > 0
                                && BEFORE.contains(words.get(at - 1))
                                && words.get(at).startsWith("-"))) {
            at++;
        }
        return at;
    }

    /** The variables that it sets for later commands. */
    Map<String, String> assigned() {
        Map<String, String> assigned = new TreeMap<>();
        if (name().isEmpty() || name().equals("export")) {
            words.stream().filter(word -> ASSIGNMENT.matcher(word).matches()).forEach(word -> {
                int equals = word.indexOf('=');
                assigned.put(word.substring(0, equals), word.substring(equals + 1));
            });
        }
        return assigned;
    }

    /** Its program or function, without a directory; empty for an assignment. */
    String name() {
        int at = start();
        return at == words.size() ? "" : words.get(at).substring(words.get(at).lastIndexOf('/') + 1);
    }

    List<String> arguments() {
        return words.subList(Math.min(words.size(), start() + 1), words.size());
    }

    boolean isElevated() {
        return words.contains("sudo");
    }

    /** Whether it mounts a repository. */
    boolean mounts() {
        String name = name();
        if (name.equals("mount")) {
            boolean bind = words.stream().anyMatch(word -> word.contains("bind"));
            return isHelper()
                    || !bind
                            && arguments().stream()
                                    .anyMatch(word -> word.equals("cvmfs") || word.startsWith("/cvmfs/"));
        }
        return MOUNTING.contains(name) || isEntry();
    }

    /** Whether the build fails, or gets nothing from CVMFS, if the command cannot mount. */
    boolean mountsForSure() {
        return mounts() && certain && !isEntry();
    }

    /** Whether it succeeds even if it could not mount. */
    boolean hidesFailure() {
        return name().equals("mount_cvmfs") || isEntry();
    }

    private boolean isEntry() {
        return path().equals(ENTRY) && arguments().contains("-c");
    }

    /** Whether variables decide what it mounts. */
    boolean mountsByVariable() {
        return hidesFailure() || isHelper() && arguments().isEmpty();
    }

    /** Whether it is the helper, which verifies mounts itself. */
    boolean isHelper() {
        return path().endsWith(HELPER);
    }

    /** Whether it asks the client to check its repositories. */
    boolean probes() {
        return name().equals("cvmfs_config") && words.contains("probe");
    }

    /** Whether it works the same without CVMFS. */
    boolean isPreparation() {
        return PREPARATIONS.contains(name());
    }

    /** Its program as written; empty for an assignment. */
    String path() {
        return start() == words.size() ? "" : words.get(start());
    }

    /** Whether it fails if a repository is not mounted, because it checks mounts. */
    boolean verifies() {
        return switch (name()) {
            case "mountpoint", "findmnt" -> true;
            case "cvmfs_config" -> words.contains("probe") || words.contains("stat");
            case "attr", "getfattr" -> true;
            default ->
                words.stream().anyMatch(word -> word.contains("/proc/mounts") || word.contains("/proc/self/mount"));
        };
    }

    /** Whether it lists the root of a repository, which is an empty directory if nothing is mounted. */
    boolean listsRoot() {
        return name().equals("ls")
                && arguments().stream()
                        .anyMatch(word -> REPOSITORY.matcher(word).matches());
    }

    /** Whether it needs something below a repository. */
    boolean usesContent() {
        boolean reads = words.stream()
                .anyMatch(word ->
                        word.startsWith("/cvmfs/") && !REPOSITORY.matcher(word).matches());
        return reads && !mounts() && !(HARMLESS.contains(name()) && !(name().equals("test") || name().startsWith("[")));
    }

    /** Whether it accesses CVMFS at all. */
    boolean uses() {
        boolean names = words.stream().anyMatch(word -> word.equals("/cvmfs") || word.startsWith("/cvmfs/"));
        return names && !mounts() && !HARMLESS.contains(name());
    }

    /** Whether it empties the client's cache. */
    boolean wipes() {
        return name().equals("cvmfs_config") && words.contains("wipecache")
                || name().equals("rm") && words.stream().anyMatch(Command::isCache)
                || name().equals("find")
                        && words.contains("-delete")
                        && words.stream().anyMatch(Command::isCache);
    }

    /** Whether a path is in the client's cache directory, either upstream's or that of the usual base image. */
    static boolean isCache(String path) {
        return path.startsWith("/var/cache/cvmfs") || path.startsWith("/var/lib/cvmfs");
    }

    /** The script that a shell gets, or null. */
    String script() {
        if (!SHELLS.contains(name()) && !isEntry()) {
            return null;
        }
        List<String> arguments = new ArrayList<>(arguments());
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).matches("-[a-z]*c[a-z]*")) {
                return arguments.get(i + 1);
            }
        }
        return null;
    }

    boolean isShell() {
        return SHELLS.contains(name());
    }
}
