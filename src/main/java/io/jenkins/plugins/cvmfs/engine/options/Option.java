package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One option of an image, its builder or the CVMFS client: declared once, in a table of this package.
 *
 * <p>Everything that is the same for all options comes from here: checks and their texts, docker's arguments, the
 * command line, forms, expansion of variables, records and docs/options.md.
 */
public final class Option {
    /** What has an option. */
    enum FrontEnd {
        JENKINS,
        COMMAND_LINE
    }

    /** What a record keeps of an option, so that the image can be built again. */
    public enum Recording {
        NOTHING,
        /** That it was given, and the names of its values: they are secret, or may be. */
        NAMES,
        /** The values, but those that look like secrets. */
        VALUES
    }

    /** Who sees a value that is given by mistake, though it is a secret. */
    public enum Exposure {
        NOBODY,
        /** Other users of the machine, in docker's command line. */
        MACHINE,
        /** The same, and possibly whoever has the image. */
        HISTORY,
        /** Whoever can pull the image. */
        IMAGE
    }

    private final Declaration its;

    Option(Declaration declaration) {
        its = declaration;
    }

    /** The name in the table, by which messages, records and the step know it: {@code cvmfsHttpProxy}. */
    public String name() {
        return its.name;
    }

    public Kind kind() {
        return its.kind;
    }

    public Group group() {
        return its.group;
    }

    /** One line that says what it does. */
    public String help() {
        return its.help;
    }

    public String label() {
        return its.label;
    }

    public String placeholder() {
        return its.placeholder;
    }

    /** What holds if nothing is given, for help; empty if that goes without saying. */
    public String byDefault() {
        return its.byDefault;
    }

    /** What a flag is that is not given. */
    public boolean isOn() {
        return its.on;
    }

    public Place place() {
        return its.place;
    }

    /** The name of the property of the object in Jenkins that has it: {@code httpProxy}. */
    public String property() {
        return its.place.within(its.name);
    }

    /** Its names on the command line, {@code --cvmfs-http-proxy}; messages have the first. */
    public List<String> commandLine() {
        return its.commandLine == null
                ? List.of("--" + its.name.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT))
                : its.commandLine;
    }

    /** Its name in a Pipeline: {@code tags}, or {@code cvmfs: [httpProxy: ...]}. */
    public String pipeline() {
        return its.place == Place.STEP ? its.name : its.place.property() + ": [" + property() + ": ...]";
    }

    public boolean isFile() {
        return its.file;
    }

    public boolean isPositional() {
        return its.positional;
    }

    /** The values that a text has, which may stand with commas between them. */
    List<String> parted(String text) {
        return its.commas ? List.of(text.split(",\\s*", -1)) : List.of(text);
    }

    /** Docker's option of the same meaning; empty where it takes more than that. */
    public Optional<DockerFlag> docker() {
        return Optional.ofNullable(its.docker);
    }

    public boolean goesWith(Strategy strategy) {
        return its.strategies.contains(strategy);
    }

    /** Why it does not go with the other strategy. */
    public String otherwise() {
        return its.otherwise;
    }

    /** What a value, or the name of an entry, may be; empty for any. */
    public Optional<Grammar> grammar() {
        return Optional.ofNullable(its.grammar);
    }

    /** What the value of an entry may be; empty for any. */
    public Optional<Grammar> values() {
        return Optional.ofNullable(its.values);
    }

    /** The words that are allowed; empty where others are. */
    public List<String> choices() {
        return its.choices;
    }

    public Expansion expansion() {
        return its.expansion;
    }

    public LocalPaths paths() {
        return its.paths;
    }

    public Recording recording() {
        return its.recording;
    }

    public Exposure exposure() {
        return its.exposure;
    }

    /** The first version of buildx that knows it; empty for any. */
    public String buildx() {
        return its.buildx;
    }

    /** The first version of BuildKit that can do it; empty for any. */
    public String buildkit() {
        return its.buildkit;
    }

    /** The first version of the engine that can do it; empty for any. */
    public String engine() {
        return its.engine;
    }

    /** The first version of docker's Dockerfile frontend that can do it; empty for any. */
    public String frontend() {
        return its.frontend;
    }

    /** The value that needs these versions; empty for all that do not stand for what docker does anyway. */
    public String asking() {
        return its.asking;
    }

    /** What to do with an older buildx or BuildKit, as the end of a sentence. */
    public String instead() {
        return its.instead;
    }

    public boolean isInJenkins() {
        return its.frontEnds.contains(FrontEnd.JENKINS);
    }

    public boolean isOnCommandLine() {
        return its.frontEnds.contains(FrontEnd.COMMAND_LINE);
    }

    /** Whether it describes the image, and is not for the front end alone. */
    public boolean isOfImage() {
        return its.ofImage;
    }

    public boolean isAdvanced() {
        return its.advanced;
    }

    /** Whether Jenkins binds objects, not texts. */
    public boolean isObjectInJenkins() {
        return its.object;
    }

    /** Whether a form lists what there is to choose from. */
    public boolean isListed() {
        return its.listed || !its.choices.isEmpty();
    }

    public boolean isCredentials() {
        return its.credentials;
    }

    /** Whether each of several images may say it for itself. */
    public boolean isPerImage() {
        return its.perImage;
    }

    @Override
    public String toString() {
        return its.name;
    }
}
