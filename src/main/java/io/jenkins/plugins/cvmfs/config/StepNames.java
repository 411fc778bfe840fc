package io.jenkins.plugins.cvmfs.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How options are spelled in a Pipeline: {@code cvmfs: [httpProxy: ...]} for {@code cvmfsHttpProxy}. */
public final class StepNames {
    private static final Map<String, String> OTHERS = Map.of(
            "buildkitdConfig", "builder: [buildkitdConfig: ...]",
            "buildkitdFlags", "builder: [buildkitdFlags: ...]");

    private StepNames() {}

    /** The name of an option as a user of Jenkins writes it. */
    public static String of(String option) {
        if (OTHERS.containsKey(option)) {
            return OTHERS.get(option);
        }
        for (String group : List.of("cvmfs", "builder")) {
            if (option.startsWith(group) && option.length() > group.length()) {
                String name = option.substring(group.length());
                return group + ": [" + name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1) + ": ...]";
            }
        }
        return option;
    }
}
