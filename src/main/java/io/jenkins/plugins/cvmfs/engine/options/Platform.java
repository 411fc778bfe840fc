package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Set;
import java.util.regex.Pattern;

/** The platforms that BuildKit knows. */
final class Platform {
    private static final Set<String> SYSTEMS =
            Set.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "aix", "wasi", "js");
    private static final Pattern ARCHITECTURE = Pattern.compile("386|amd64|x86_64|x86-64|i386|arm|arm64|aarch64|armhf"
            + "|armel|loong64|mips|mipsle|mips64|mips64le|ppc64|ppc64le|riscv64|s390x|wasm");

    private Platform() {}

    /** Whether a text names one, such as {@code linux/arm/v7}. */
    static boolean is(String text) {
        String[] parts = text.split("/", -1);
        return text.equals("local")
                || parts.length <= 3
                        && SYSTEMS.contains(parts[0].replaceFirst("\\([a-z0-9._+-]+\\)$", ""))
                        && (parts.length < 2 || ARCHITECTURE.matcher(parts[1]).matches())
                        && (parts.length < 3 || parts[2].matches("v[0-9]{1,2}(?:\\.[0-9])?"));
    }
}
