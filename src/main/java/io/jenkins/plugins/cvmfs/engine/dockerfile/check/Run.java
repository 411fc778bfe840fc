package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Heredoc;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.RunDevice;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.RunMount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A RUN with the settings in force at its place. */
final class Run {
    private static final int DEPTH = 3;
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

    private final Instruction instruction;
    private final String user;
    private final Set<String> args;
    private final Map<String, String> env;
    private final List<Command> commands = new ArrayList<>();
    private final Map<String, String> paths = new TreeMap<>();
    private boolean sources;

    /**
     * @param user of the last USER, or null
     * @param shell the program that performs the shell form
     * @param args the names that ARGs declare
     * @param env the names that ENVs set
     * @param values the values of ENVs and ARGs
     */
    Run(
            Instruction instruction,
            String user,
            String shell,
            Set<String> args,
            Map<String, String> env,
            Map<String, String> values) {
        this.instruction = instruction;
        this.user = user;
        this.args = new TreeSet<>(args);
        this.env = new TreeMap<>(env);
        values.forEach(this::path);
        if (instruction.isJson()) {
            add(new Command(instruction.words(), true), shell, 0);
        } else if (instruction.heredocs().size() == 1 && instruction.arguments().matches("<<-?\\s*\\S+")) {
            String script = instruction.heredocs().get(0).content();
            read(script, script.startsWith("#!") ? interpreter(script) : shell, 0);
        } else {
            read(instruction.arguments(), shell, 0);
            boolean toShell = commands.stream().anyMatch(command -> command.isShell() && command.script() == null);
            instruction.heredocs().stream()
                    .filter(heredoc -> toShell)
                    .map(Heredoc::content)
                    .forEach(script -> read(script, "bash", 0));
        }
    }

    private static String interpreter(String script) {
        String first = script.lines().findFirst().orElse("").strip();
        return first.substring(Math.max(first.lastIndexOf('/'), first.lastIndexOf(' ')) + 1);
    }

    private void read(String script, String shell, int depth) {
        ShellText.commands(script).forEach(command -> add(command, shell, depth));
    }

    /** Registers a variable that contains a path below /cvmfs. */
    private void path(String name, String value) {
        if (value.equals("/cvmfs") || value.startsWith("/cvmfs/")) {
            paths.put(name, value);
        } else {
            paths.remove(name);
        }
    }

    /** The command with the values of variables at the beginning of its words. */
    private Command replaced(Command command) {
        command.assigned().forEach(this::path);
        return new Command(command.words().stream().map(this::replaced).toList(), command.certain());
    }

    private String replaced(String word) {
        Matcher matcher = VARIABLE.matcher(word);
        String value =
                matcher.lookingAt() ? paths.get(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) : null;
        return value == null ? word : value + word.substring(matcher.end());
    }

    private void add(Command written, String shell, int depth) {
        Command command = replaced(written);
        commands.add(command);
        sources |= command.name().equals("source")
                && Stream.of("sh", "dash", "ash").anyMatch(shell::equals);
        String inner = command.script();
        if (inner != null && depth < DEPTH) {
            int before = commands.size();
            read(inner, command.name(), depth + 1);
            if (!command.certain()) {
                commands.subList(before, commands.size()).replaceAll(each -> new Command(each.words(), false));
            }
        }
    }

    Instruction instruction() {
        return instruction;
    }

    List<Command> commands() {
        return commands;
    }

    /** The device with the machine's own /cvmfs. */
    Optional<RunDevice> cvmfsDevice() {
        return instruction.devices().stream()
                .filter(device -> device.name().toLowerCase(Locale.ROOT).contains("cvmfs"))
                .findFirst();
    }

    boolean hasDevice() {
        return !instruction.devices().isEmpty();
    }

    /** Whether something is mounted for it below /cvmfs. */
    boolean isGivenCvmfs() {
        return cvmfsDevice().isPresent()
                || mountTargets(Set.of("bind", "cache", "tmpfs"))
                        .anyMatch(target -> target.startsWith("/cvmfs/") || target.equals("/cvmfs"));
    }

    /** Whether something is mounted for it at a directory. */
    boolean isBound(String directory) {
        return mountTargets(Set.of("bind", "cache"))
                .anyMatch(target -> target.replaceFirst("/+$", "").equals(directory));
    }

    boolean isInsecure() {
        return instruction.flag("security").filter("insecure"::equals).isPresent();
    }

    boolean hasSecurityFlag() {
        return instruction.flag("security").isPresent();
    }

    boolean any(Predicate<Command> predicate) {
        return commands.stream().anyMatch(predicate);
    }

    boolean mounts() {
        return any(Command::mounts);
    }

    /** Whether a literal USER other than root runs it. */
    boolean isNotRoot() {
        return user != null && !user.contains("$") && !user.equals("root") && !user.equals("0");
    }

    String user() {
        return user;
    }

    /** Whether it uses {@code source} with a shell that may not support it. */
    boolean sourcesWithoutBash() {
        return sources;
    }

    boolean declares(String arg) {
        return args.contains(arg);
    }

    /** Whether a variable reaches its commands. An ARG does so only if it is declared. */
    boolean sets(String name, String arg) {
        String value = env.get(name);
        return declares(name)
                || value != null && (!value.contains(arg) || declares(arg))
                || any(command -> command.words().stream().anyMatch(word -> word.startsWith(name + "=")));
    }

    /** Whether the value of a variable, or a command, contains the name. */
    boolean refersTo(String arg) {
        return env.values().stream().anyMatch(value -> value.contains(arg))
                || instruction.arguments().contains("$" + arg)
                || instruction.arguments().contains("${" + arg);
    }

    /** The targets of its mounts of these types. */
    Stream<String> mountTargets(Set<String> types) {
        return instruction.mounts().stream()
                .filter(mount -> types.contains(mount.type()))
                .map(RunMount::target);
    }
}
