package io.jenkins.plugins.cvmfs.engine.options;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A requirement of an option, or of some of its values, that not every machine meets. Versions are compared with those
 * of the machine before the build. Driver auto chooses a driver that meets the requirement; with another driver, buildx
 * itself refuses the build.
 *
 * @param value which values have it, for documents; empty for all but the default
 * @param asked whether the given options have such a value
 * @param needs the minimum version, or the driver, by component
 * @param instead what to do if it is not met, as the end of a sentence
 */
public record Gate(String value, Predicate<GivenOptions> asked, Map<Part, String> needs, String instead) {
    /** The defaults of docker. */
    private static final Set<String> USUAL = Set.of("false", "build");

    /** Copies the map. */
    public Gate {
        needs = Collections.unmodifiableMap(new EnumMap<>(needs));
    }

    /** A component of the machine. */
    public enum Part {
        BUILDX("buildx"),
        ENGINE("engine"),
        BUILDKIT("BuildKit"),
        FRONTEND("Dockerfile frontend"),
        /** What runs BuildKit; the engine's own builder may lack something. */
        DRIVER("driver");

        private final String text;

        Part(String text) {
            this.text = text;
        }

        /** The name in scripts and messages. */
        public String text() {
            return text;
        }
    }

    static Gate of(Part part, String version) {
        return new Gate("", given -> true, Map.of(part, version), "");
    }

    static Gate buildx(String version) {
        return of(Part.BUILDX, version);
    }

    static Gate buildkit(String version) {
        return of(Part.BUILDKIT, version);
    }

    /** A builder other than the engine's own, unless the engine uses the containerd image store. */
    static Gate containerd() {
        return of(Part.DRIVER, "other than docker, or an engine with the containerd image store");
    }

    /** Adds another requirement. */
    Gate and(Part part, String version) {
        Map<Part, String> both = new EnumMap<>(needs);
        both.put(part, version);
        return new Gate(value, asked, both, instead);
    }

    /** Limits it to some values. */
    Gate when(String which, Predicate<GivenOptions> given) {
        return new Gate(which, given, needs, instead);
    }

    Gate or(String otherwise) {
        return new Gate(value, asked, needs, otherwise);
    }

    /** Whether an option is given with a value that has this requirement. */
    public boolean isAsked(GivenOptions given, Option option) {
        return given.isChanged(option) && !USUAL.contains(given.shown(option)) && asked.test(given);
    }
}
