package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A stage with its RUNs, and what it takes over from the stage that it starts from. */
final class Stage {
    private final Instruction from;
    private final Stage parent;
    private final List<Run> runs = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final Set<String> args = new TreeSet<>();
    private final Map<String, String> env = new TreeMap<>();
    private String user;
    private String shell = "sh";

    /** @param parent the stage that it starts from, or null where that is an image */
    Stage(Instruction from, Stage parent) {
        this.from = from;
        this.parent = parent;
        if (parent != null) {
            args.addAll(parent.args);
            env.putAll(parent.env);
            user = parent.user;
            shell = parent.shell;
        }
    }

    /** The name after AS in lower case, or null. */
    String name() {
        List<String> words = from.split();
        return words.size() >= 3 && words.get(1).equalsIgnoreCase("as")
                ? words.get(2).toLowerCase(Locale.ROOT)
                : null;
    }

    /** What it starts from, as it is written. */
    String base() {
        return from.split().isEmpty() ? "" : from.split().get(0);
    }

    int line() {
        return from.firstLine();
    }

    Stage parent() {
        return parent;
    }

    List<Run> runs() {
        return runs;
    }

    /** Stages or images that it takes files of. */
    List<String> others() {
        return others;
    }

    void add(Instruction in) {
        switch (in.name()) {
            case "arg" -> args.addAll(Pairs.of(in.arguments()).keySet());
            case "env" -> env.putAll(known(Pairs.ofEnv(in.arguments())));
            case "user" -> user = in.arguments().split(":", 2)[0].strip();
            case "shell" ->
                shell = in.isJson() && !in.words().isEmpty()
                        ? program(in.words().get(0))
                        : shell;
            case "copy" -> in.flag("from").ifPresent(others::add);
            case "run" -> {
                Run run = new Run(in, user, shell, args, env);
                runs.add(run);
                run.mountedStages().forEach(others::add);
            }
            default -> {
                // Nothing that the checks ask for.
            }
        }
    }

    private static Map<String, String> known(Map<String, String> pairs) {
        Map<String, String> known = new TreeMap<>();
        pairs.forEach((name, value) -> known.put(name, value == null ? "" : value));
        return known;
    }

    private static String program(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.exe$", "");
    }
}
