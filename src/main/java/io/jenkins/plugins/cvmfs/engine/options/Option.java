package io.jenkins.plugins.cvmfs.engine.options;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One option of an image, its builder or the CVMFS client: declared once, in a table of this package.
 *
 * <p>Everything that follows the same rules for all options is derived from it: checks and their texts, docker's
 * arguments, the command line, forms, expansion of variables, records and docs/options.md.
 */
public final class Option {
    /** Which front ends offer an option. */
    enum FrontEnd {
        JENKINS,
        COMMAND_LINE
    }

    /** What a record contains of an option, so that the image can be rebuilt. */
    public enum Recording {
        NOTHING,
        /** That it was given, and the names of its values, which are or may be secret. */
        NAMES,
        /** The values, except those that look like secrets. */
        VALUES
    }

    /** Who would see a secret that is given as a value by mistake. */
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

    /** The name in the table, used by messages, records and the step: {@code cvmfsHttpProxy}. */
    public String name() {
        return its.name;
    }

    public Kind kind() {
        return its.kind;
    }

    public Group group() {
        return its.group;
    }

    /** A description of one line. */
    public String help() {
        return its.help;
    }

    public String label() {
        return its.label;
    }

    public String placeholder() {
        return its.placeholder;
    }

    /** The default, for help; empty if obvious. */
    public String byDefault() {
        return its.byDefault;
    }

    /** The default of a flag. */
    public boolean isOn() {
        return its.on;
    }

    public Place place() {
        return its.place;
    }

    /** The name of its property in Jenkins: {@code httpProxy}. */
    public String property() {
        return its.place.within(its.name);
    }

    /** Its names on the command line, such as {@code --cvmfs-http-proxy}. Messages use the first. */
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

    /** The values in a text, which may be separated by commas. */
    List<String> parted(String text) {
        return its.commas ? List.of(text.split(",\\s*", -1)) : List.of(text);
    }

    /** Whether a text may be several values, with spaces between them. */
    public boolean hasWords() {
        return its.words;
    }

    /** Docker's option of the same meaning; empty if there is no direct equivalent. */
    public Optional<DockerFlag> docker() {
        return Optional.ofNullable(its.docker);
    }

    public boolean goesWith(Strategy strategy) {
        return its.strategies.contains(strategy);
    }

    /** Why it cannot be combined with the other strategy. */
    public String otherwise() {
        return its.otherwise;
    }

    /** The grammar of a value, or of the name of an entry; empty for any. */
    public Optional<Grammar> grammar() {
        return Optional.ofNullable(its.grammar);
    }

    /** The grammar of the value of an entry; empty for any. */
    public Optional<Grammar> values() {
        return Optional.ofNullable(its.values);
    }

    /** The allowed words; empty if not limited to words. */
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

    /** Requirements that not every machine meets. */
    public List<Gate> gates() {
        return List.copyOf(its.gates);
    }

    /** Whether a driver supports it. */
    public boolean goesWith(Driver driver) {
        return its.drivers.contains(driver);
    }

    /** The drivers that support it, as users write them. */
    public List<String> drivers() {
        return its.drivers.stream().map(Driver::text).toList();
    }

    public boolean isInJenkins() {
        return its.frontEnds.contains(FrontEnd.JENKINS);
    }

    public boolean isOnCommandLine() {
        return its.frontEnds.contains(FrontEnd.COMMAND_LINE);
    }

    /** Whether it describes the image, rather than controlling only the front end. */
    public boolean isOfImage() {
        return its.ofImage;
    }

    public boolean isAdvanced() {
        return its.advanced;
    }

    /** Whether Jenkins binds objects rather than texts. */
    public boolean isObjectInJenkins() {
        return its.object;
    }

    /** Whether a form offers a list of choices. */
    public boolean isListed() {
        return its.listed || !its.choices.isEmpty();
    }

    public boolean isCredentials() {
        return its.credentials;
    }

    /** Whether each of several images can set it for itself. */
    public boolean isPerImage() {
        return its.perImage;
    }

    @Override
    public String toString() {
        return its.name;
    }
}
