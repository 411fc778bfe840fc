package io.jenkins.plugins.cvmfs.engine.options;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Gathers mistakes, so that a user hears of all of them at once. */
public final class Problems {
    // Linux' MAX_ARG_STRLEN is 128 KiB; the option's own name needs a little of it.
    private static final int ARGUMENT_MAX = 120 * 1024;

    private final List<Problem> found = new ArrayList<>();

    public List<Problem> found() {
        return found;
    }

    public void add(String option, String value, String allowed) {
        found.add(new Problem(option, value, allowed));
    }

    /** Whether {@code value} can be the text of a file; if not, that is a mistake. */
    public boolean writable(String option, String value) {
        if (value.indexOf('\0') >= 0) {
            add(option, value, "a NUL character is not allowed");
            return false;
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            add(option, value, "text in valid Unicode is allowed; this has half of a surrogate pair");
            return false;
        }
        return true;
    }

    /** Whether a process can take {@code value} as an argument; if not, that is a mistake. */
    public boolean passable(String option, String value) {
        if (!writable(option, value)) {
            return false;
        }
        if (value.length() > ARGUMENT_MAX || value.getBytes(StandardCharsets.UTF_8).length > ARGUMENT_MAX) {
            add(option, value, "at most " + ARGUMENT_MAX + " bytes are allowed; hand larger content over as a file");
            return false;
        }
        return true;
    }

    /** Checks a value that may be null. */
    public void matches(String option, String value, Pattern allowed, String description) {
        if (value != null && passable(option, value) && !allowed.matcher(value).matches()) {
            add(option, value, description);
        }
    }

    public void allMatch(String option, Collection<String> values, Pattern allowed, String description) {
        values.forEach(value -> matches(option, value, allowed, description));
    }

    public void keysMatch(String option, Map<String, String> values, Pattern allowed, String description) {
        values.forEach((key, value) -> {
            if (passable(option, key + "=" + value)) {
                matches(option, key, allowed, description);
            }
        });
    }
}
