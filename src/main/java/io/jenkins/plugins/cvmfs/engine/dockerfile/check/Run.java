package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Heredoc;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A RUN with what is in force where it is. */
final class Run {
    private static final int DEPTH = 3;

    private final Instruction instruction;
    private final String user;
    private final Set<String> args;
    private final Map<String, String> env;
    private final List<Command> commands = new ArrayList<>();
    private boolean sources;

    /**
     * @param user of the last USER, or null
     * @param shell the program that performs the shell form
     * @param args what ARGs declare
     * @param env what ENVs set
     */
    Run(Instruction instruction, String user, String shell, Set<String> args, Map<String, String> env) {
        this.instruction = instruction;
        this.user = user;
        this.args = new TreeSet<>(args);
        this.env = new TreeMap<>(env);
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

    private void add(Command command, String shell, int depth) {
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

    int line() {
        return instruction.firstLine();
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

    /** Whether a literal USER other than root performs it. */
    boolean isNotRoot() {
        return user != null && !user.contains("$") && !user.equals("root") && !user.equals("0");
    }

    String user() {
        return user;
    }

    /** Whether {@code source} is a command of a shell that need not have it. */
    boolean sourcesWithoutBash() {
        return sources;
    }

    boolean declares(String arg) {
        return args.contains(arg);
    }

    /** Whether a variable of that name reaches its commands, unless it is said by an ARG that is not declared. */
    boolean sets(String name, String arg) {
        String value = env.get(name);
        return declares(name)
                || value != null && (!value.contains(arg) || declares(arg))
                || any(command -> command.words().stream().anyMatch(word -> word.startsWith(name + "=")));
    }

    /** Whether the value of a variable, or a command, has the name. */
    boolean refersTo(String arg) {
        return env.values().stream().anyMatch(value -> value.contains(arg))
                || instruction.arguments().contains("$" + arg)
                || instruction.arguments().contains("${" + arg);
    }

    /** The targets of its mounts of these types. */
    Stream<String> mountTargets(Set<String> types) {
        return instruction
                .flags("mount")
                .map(Run::fields)
                .filter(fields -> types.contains(fields.getOrDefault("type", "bind")))
                .map(fields -> fields.getOrDefault(
                        "target", fields.getOrDefault("dst", fields.getOrDefault("destination", ""))));
    }

    /** The stages that it mounts. */
    Stream<String> mountedStages() {
        return instruction
                .flags("mount")
                .map(Run::fields)
                .filter(fields -> fields.containsKey("from"))
                .map(fields -> fields.get("from"));
    }

    private static Map<String, String> fields(String mount) {
        Map<String, String> fields = new TreeMap<>();
        for (String field : mount.split(",")) {
            int equals = field.indexOf('=');
            fields.put(equals < 0 ? field : field.substring(0, equals), equals < 0 ? "" : field.substring(equals + 1));
        }
        return fields;
    }
}
