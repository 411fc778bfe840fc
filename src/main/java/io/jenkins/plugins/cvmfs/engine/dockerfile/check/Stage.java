package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.BuildStage;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A stage with its RUNs, and what it inherits from its base stage. */
final class Stage {
    private final BuildStage stage;
    private final Stage parent;
    private final List<Run> runs = new ArrayList<>();
    private final Set<String> args = new TreeSet<>();
    private final Map<String, String> env = new TreeMap<>();
    private final Map<String, String> values = new TreeMap<>();
    private final boolean mounts;
    private boolean bringsCvmfs;
    private boolean copiesHelper;
    private String user;
    private String shell = "sh";

    /** @param parent the base stage, or null if the base is an image */
    Stage(BuildStage stage, Stage parent) {
        this.stage = stage;
        this.parent = parent;
        if (parent != null) {
            args.addAll(parent.args);
            env.putAll(parent.env);
            values.putAll(parent.env);
            user = parent.user;
            shell = parent.shell;
            bringsCvmfs = parent.bringsCvmfs;
            copiesHelper = parent.copiesHelper;
        }
        stage.instructions().forEach(this::add);
        mounts = parent != null && parent.mounts || runs.stream().anyMatch(Run::mounts);
    }

    int number() {
        return stage.number();
    }

    /** Its base as written. */
    String base() {
        return stage.base();
    }

    Instruction from() {
        return stage.from();
    }

    Stage parent() {
        return parent;
    }

    List<Run> runs() {
        return runs;
    }

    /** Its COPYs from elsewhere. */
    List<Instruction> copies() {
        return stage.instructions().stream()
                .filter(in -> in.name().equals("copy") && in.flag("from").isPresent())
                .toList();
    }

    /** Whether a COPY or ADD writes below /cvmfs. */
    boolean bringsCvmfs() {
        return bringsCvmfs;
    }

    /** Whether it copies from the helper's context. */
    boolean copiesHelper() {
        return copiesHelper;
    }

    /** Whether it, or one of its base stages, mounts. */
    boolean mounts() {
        return mounts;
    }

    private void add(Instruction in) {
        switch (in.name()) {
            case "arg" -> {
                args.addAll(in.pairs().keySet());
                known(in.pairs()).forEach(values::putIfAbsent);
            }
            case "env" -> {
                env.putAll(known(in.pairs()));
                values.putAll(known(in.pairs()));
            }
            case "user" -> user = in.arguments().split(":", 2)[0].strip();
            case "shell" ->
                shell = in.isJson() && !in.words().isEmpty()
                        ? program(in.words().get(0))
                        : shell;
            case "copy", "add" -> {
                List<String> words = in.split();
                String target = words.isEmpty() ? "" : words.get(words.size() - 1);
                bringsCvmfs |= target.equals("/cvmfs") || target.startsWith("/cvmfs/");
                copiesHelper |= in.sources().contains(DockerfileChecks.HELPER);
            }
            case "run" -> runs.add(new Run(in, user, shell, args, env, values));
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
