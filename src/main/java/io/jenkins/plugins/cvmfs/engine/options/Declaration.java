package io.jenkins.plugins.cvmfs.engine.options;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The builder with which a table declares an option. Its methods have the names of {@link Option}'s. */
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
    boolean words;
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
    final List<Gate> gates = new ArrayList<>();
    Set<Driver> drivers = EnumSet.allOf(Driver.class);
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

    /** The label of the field in forms. */
    Declaration label(String text) {
        label = text;
        return this;
    }

    /** The placeholder of the value in help. */
    Declaration placeholder(String text) {
        placeholder = text;
        return this;
    }

    /** The default, for help. */
    Declaration byDefault(String text) {
        byDefault = text;
        return this;
    }

    /** The flag is true unless set to false. */
    Declaration on() {
        on = true;
        return byDefault("true");
    }

    Declaration in(Place object) {
        place = object;
        return this;
    }

    /** The names on the command line, if they are not the option's name in kebab case. Messages use the first. */
    Declaration commandLine(String... names) {
        commandLine = List.of(names);
        return this;
    }

    /** The command line takes the name of a file that contains the value. */
    Declaration fromFile() {
        file = true;
        return placeholder("FILE");
    }

    /** One value may contain several, separated by commas, as docker's users write it. */
    Declaration commas() {
        commas = true;
        return this;
    }

    /** A text may be several values, with spaces between them. */
    Declaration words() {
        words = true;
        return this;
    }

    /** The command line also accepts it as a positional argument. */
    Declaration positional() {
        positional = true;
        return this;
    }

    Declaration docker(DockerFlag flag) {
        docker = flag;
        return this;
    }

    /** @param otherwise why the other strategy does not support it, and what to do */
    Declaration only(Strategy strategy, String reason) {
        strategies = EnumSet.of(strategy);
        otherwise = reason;
        return this;
    }

    /** The grammar of a value, or of the name of an entry. */
    Declaration allows(Grammar allowed) {
        grammar = allowed;
        return this;
    }

    /** The grammar of the value of an entry. */
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

    /** A requirement that not every machine meets. */
    Declaration needs(Gate gate) {
        gates.add(gate);
        return this;
    }

    /** The drivers that support it. */
    Declaration drivers(Driver... some) {
        drivers = EnumSet.copyOf(List.of(some));
        return this;
    }

    Declaration only(Option.FrontEnd frontEnd) {
        frontEnds = EnumSet.of(frontEnd);
        return this;
    }

    /** No front end offers it; front ends derive it from something else. */
    Declaration internal() {
        frontEnds = EnumSet.noneOf(Option.FrontEnd.class);
        return this;
    }

    /** It controls the front end and does not describe the image. */
    Declaration ofFrontEnd() {
        ofImage = false;
        return this;
    }

    /** Forms offer a list of choices. */
    Declaration listed() {
        listed = true;
        return this;
    }

    /** Forms show it in a folded section. */
    Declaration advanced() {
        advanced = true;
        return this;
    }

    /** Jenkins binds objects where the command line has texts. */
    Declaration objectsInJenkins() {
        object = true;
        return this;
    }

    /** Its value is the id of credentials. */
    Declaration credentials() {
        credentials = true;
        return this;
    }

    /** Each of several images can set it for itself. */
    Declaration perImage() {
        perImage = true;
        return this;
    }
}
