package io.jenkins.plugins.cvmfs.engine.options;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** An option while a table declares it; the names of the methods are those of {@link Option}'s. */
final class Declaration {
    final String name;
    final Kind kind;
    final Group group;
    final String help;
    String label;
    String placeholder = "TEXT";
    String byDefault = "";
    boolean on;
    Place place = Place.STEP;
    List<String> commandLine;
    boolean file;
    boolean commas;
    boolean positional;
    DockerFlag docker;
    Set<Strategy> strategies = EnumSet.allOf(Strategy.class);
    String otherwise = "";
    Grammar grammar;
    Grammar values;
    List<String> choices = List.of();
    Expansion expansion;
    LocalPaths paths = LocalPaths.NONE;
    Option.Recording recording = Option.Recording.NOTHING;
    Option.Exposure exposure = Option.Exposure.NOBODY;
    String buildx = "";
    String buildkit = "";
    String engine = "";
    String frontend = "";
    String asking = "";
    String instead = "";
    Set<Option.FrontEnd> frontEnds = EnumSet.allOf(Option.FrontEnd.class);
    boolean ofImage = true;
    boolean advanced;
    boolean object;
    boolean credentials;
    boolean perImage;
    boolean listed;

    private Declaration(String name, Kind kind, Group group, String help) {
        this.name = name;
        this.kind = kind;
        this.group = group;
        this.help = help;
        this.label = name;
        this.object = kind == Kind.OBJECT;
        this.expansion = kind == Kind.SCRIPT ? Expansion.NEVER : kind == Kind.MAP ? Expansion.PAIR : Expansion.WHOLE;
    }

    static Declaration text(Group group, String name, String help) {
        return new Declaration(name, Kind.TEXT, group, help);
    }

    static Declaration script(Group group, String name, String help) {
        return new Declaration(name, Kind.SCRIPT, group, help);
    }

    static Declaration flag(Group group, String name, String help) {
        return new Declaration(name, Kind.FLAG, group, help);
    }

    static Declaration choice(Group group, String name, String help) {
        return new Declaration(name, Kind.SWITCH, group, help);
    }

    static Declaration list(Group group, String name, String help) {
        return new Declaration(name, Kind.LIST, group, help);
    }

    static Declaration map(Group group, String name, String help) {
        return new Declaration(name, Kind.MAP, group, help);
    }

    static Declaration object(Group group, String name, String help) {
        return new Declaration(name, Kind.OBJECT, group, help)
                .only(Option.FrontEnd.JENKINS)
                .ofFrontEnd();
    }

    Option option() {
        return new Option(this);
    }

    /** How a form names the field. */
    Declaration label(String text) {
        label = text;
        return this;
    }

    /** What stands for the value in help. */
    Declaration placeholder(String text) {
        placeholder = text;
        return this;
    }

    /** What holds if nothing is given, for help. */
    Declaration byDefault(String text) {
        byDefault = text;
        return this;
    }

    /** True unless it is given as false. */
    Declaration on() {
        on = true;
        return byDefault("true");
    }

    Declaration in(Place object) {
        place = object;
        return this;
    }

    /** The command line's names, where they are not the option's in kebab case; messages have the first. */
    Declaration commandLine(String... names) {
        commandLine = List.of(names);
        return this;
    }

    /** The command line takes the name of a file that has the value. */
    Declaration fromFile() {
        file = true;
        return placeholder("FILE");
    }

    /** A value may be several, with commas between them, as docker's users write it. */
    Declaration commas() {
        commas = true;
        return this;
    }

    /** The command line also takes it without a name. */
    Declaration positional() {
        positional = true;
        return this;
    }

    Declaration docker(DockerFlag flag) {
        docker = flag;
        return this;
    }

    /** @param otherwise why the other strategy cannot do it, and what to do */
    Declaration only(Strategy strategy, String reason) {
        strategies = EnumSet.of(strategy);
        otherwise = reason;
        return this;
    }

    /** What a value, or the name of an entry, may be. */
    Declaration allows(Grammar allowed) {
        grammar = allowed;
        return this;
    }

    /** What the value of an entry may be. */
    Declaration allowsValues(Grammar allowed) {
        values = allowed;
        return this;
    }

    Declaration oneOf(String... words) {
        choices = List.of(words);
        return allows(Grammar.oneOf(words));
    }

    Declaration expands(Expansion how) {
        expansion = how;
        return this;
    }

    Declaration paths(LocalPaths named) {
        paths = named;
        return this;
    }

    Declaration records(Option.Recording what) {
        recording = what;
        return this;
    }

    Declaration exposed(Option.Exposure to) {
        exposure = to;
        return this;
    }

    /**
     * The first version of buildx that knows it.
     *
     * @param otherwise what to do with an older one, as the end of a sentence
     */
    Declaration since(String version, String otherwise) {
        buildx = version;
        instead = otherwise;
        return this;
    }

    /** The first version of BuildKit that can do it. */
    Declaration sinceBuildkit(String version) {
        buildkit = version;
        return this;
    }

    Declaration only(Option.FrontEnd frontEnd) {
        frontEnds = EnumSet.of(frontEnd);
        return this;
    }

    /** No front end has it: a front end makes it from something else. */
    Declaration internal() {
        frontEnds = EnumSet.noneOf(Option.FrontEnd.class);
        return this;
    }

    /** It tells the front end what to do, and is no part of a description of the image. */
    Declaration ofFrontEnd() {
        ofImage = false;
        return this;
    }

    /**
     * The first version of the engine that can do it, and what to do with an older one, for a value that asks for it.
     */
    Declaration sinceEngine(String version, String value, String otherwise) {
        engine = version;
        asking = value;
        instead = otherwise;
        return this;
    }

    /** The first version of docker's Dockerfile frontend that can do it. */
    Declaration sinceFrontend(String version) {
        frontend = version;
        return this;
    }

    /** Forms list what there is. */
    Declaration listed() {
        listed = true;
        return this;
    }

    /** Forms show it only when asked. */
    Declaration advanced() {
        advanced = true;
        return this;
    }

    /** Jenkins has objects where the command line has texts. */
    Declaration objectsInJenkins() {
        object = true;
        return this;
    }

    /** It names credentials. */
    Declaration credentials() {
        credentials = true;
        return this;
    }

    /** Each of several images may say it for itself. */
    Declaration perImage() {
        perImage = true;
        return this;
    }
}
