package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Instruction;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Mistake;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks a Dockerfile for mistakes, often silent ones, in builds that mount CVMFS.
 *
 * <p>A finding is an error only if the build must fail or the image cannot contain anything from CVMFS. What depends on
 * a variable or another frontend is not reported. A line {@code # check=skip=ID,...} silences warnings.
 */
public final class DockerfileChecks {
    /** The build context with the script that mounts. */
    static final String HELPER = "cvmfs-helper";

    /** The device that gives a RUN the agent's own /cvmfs. */
    static final String WITH_DEVICE = "write RUN --device=cern.ch/cvmfs=all,required";

    /**
     * Limit of instructions, and of words in ARGs and ENVs. Nobody writes more, and the work may grow with their
     * square.
     */
    private static final int MOST = 1000;

    private static final Set<String> INSTRUCTIONS = Set.of(
            "add",
            "arg",
            "cmd",
            "copy",
            "entrypoint",
            "env",
            "expose",
            "from",
            "healthcheck",
            "label",
            "maintainer",
            "onbuild",
            "run",
            "shell",
            "stopsignal",
            "user",
            "volume",
            "workdir");
    private static final Pattern IMAGE = Pattern.compile("[a-zA-Z0-9](?:[\\w.:/-]*[\\w-])?");
    private static final Pattern TAG = Pattern.compile(":([\\w][\\w.-]*)$");

    private final CheckOptions options;
    private final Dockerfile file;
    private final Findings findings = new Findings();

    private DockerfileChecks(CheckOptions options, Dockerfile file) {
        this.options = options;
        this.file = file;
    }

    /**
     * The findings, in the order of the lines.
     *
     * @param text the file's text; unreasonably large ones are not checked
     * @param options the build of the file
     */
    public static List<DockerfileFinding> of(String text, CheckOptions options) {
        Optional<Dockerfile> file = Dockerfile.parse(text).filter(DockerfileChecks::isSmall);
        return file.isEmpty() ? List.of() : new DockerfileChecks(options, file.get()).findings(text);
    }

    private static boolean isSmall(Dockerfile file) {
        long words = file.instructions().stream()
                .filter(in -> in.name().equals("arg") || in.name().equals("env"))
                .mapToLong(in -> in.split().size())
                .sum();
        return file.instructions().size() <= MOST && words <= MOST;
    }

    private List<DockerfileFinding> findings(String text) {
        Frontend frontend = new Frontend(options, text, file);
        if (file.mistake().isPresent()) {
            Mistake mistake = file.mistake().get();
            findings.add(
                    DockerfileRule.DOCKERFILE_SYNTAX,
                    frontend.isDockers(),
                    mistake.line(),
                    "BuildKit cannot parse this: " + mistake.text(),
                    mistake.fix());
            return findings.without(Set.of());
        }
        unknown(frontend.isDockers());
        Stages stages = new Stages(file, options.buildArgs());
        flags(stages, frontend);
        Set<Stage> built = stages.built(options.target());
        Set<Stage> kept = stages.kept(options.target());
        CvmfsChecks use = new CvmfsChecks(options.cvmfs().host(), stages, findings);
        MountChecks mounting = new MountChecks(options.cvmfs(), findings);
        for (Stage stage : stages.all()) {
            mounting.check(stage, built.contains(stage), kept.contains(stage));
            use.check(stage);
        }
        if (usesCvmfs()) {
            stages.all().forEach(stage -> base(stage, stages));
        }
        secrets();
        return findings.without(skipped());
    }

    private void unknown(boolean dockers) {
        for (Instruction in : file.instructions()) {
            // A foreign frontend may have comments of another kind.
            boolean word = dockers || in.name().matches("[a-z]+");
            if (word && !INSTRUCTIONS.contains(in.name())) {
                String name = in.name().toUpperCase(Locale.ROOT);
                String shown = name.length() > 40 ? name.substring(0, 40) + "..." : name;
                findings.add(
                        DockerfileRule.UNKNOWN_INSTRUCTION,
                        dockers,
                        in,
                        "docker's frontend has no instruction " + shown,
                        INSTRUCTIONS.stream()
                                .filter(known -> isNear(known, in.name()))
                                .sorted()
                                .findFirst()
                                .map(known -> "write " + known.toUpperCase(Locale.ROOT))
                                .orElse("correct the instruction, or continue the line above with \\"));
            }
        }
    }

    /** Whether one word has all letters of the other but one, or the same letters in another order. */
    private static boolean isNear(String known, String name) {
        if (Math.abs(known.length() - name.length()) > 1 || name.length() < 2) {
            return false;
        }
        if (known.length() == name.length()
                && known.chars()
                        .sorted()
                        .boxed()
                        .toList()
                        .equals(name.chars().sorted().boxed().toList())) {
            return true;
        }
        int same = 0;
        int shorter = Math.min(known.length(), name.length());
        while (same < shorter && known.charAt(same) == name.charAt(same)) {
            same++;
        }
        String a = known.substring(same + (known.length() >= name.length() ? 1 : 0));
        String b = name.substring(same + (name.length() >= known.length() ? 1 : 0));
        return a.equals(b);
    }

    private void flags(Stages stages, Frontend frontend) {
        List<Run> runs =
                stages.all().stream().flatMap(stage -> stage.runs().stream()).toList();
        runs.stream()
                .filter(Run::hasSecurityFlag)
                .findFirst()
                .ifPresent(run -> frontend.withoutSecurity()
                        .ifPresent(why -> findings.add(
                                DockerfileRule.SYNTAX_TOO_OLD,
                                why.certain(),
                                run.instruction(),
                                why.text(),
                                "write # syntax=docker/dockerfile:1 as the first line")));
        runs.stream()
                .filter(Run::hasDevice)
                .findFirst()
                .ifPresent(run -> frontend.withoutDevices()
                        .ifPresent(why -> findings.add(
                                DockerfileRule.DEVICE_NEEDS_LABS,
                                why.certain(),
                                run.instruction(),
                                why.text(),
                                "write # syntax=docker/dockerfile:1-labs as the first line")));
    }

    private boolean usesCvmfs() {
        return options.cvmfs().mounts()
                || file.instructions().stream()
                        .flatMap(in -> Stream.concat(
                                Stream.of(in.arguments(), String.join(" ", in.flags())),
                                in.heredocs().stream().map(heredoc -> heredoc.content())))
                        .anyMatch(words -> words.toLowerCase(Locale.ROOT).contains("cvmfs"));
    }

    private void base(Stage stage, Stages stages) {
        String base = stages.expanded(stage.base());
        if (base == null
                || stage.parent() != null
                || base.equals("scratch")
                || !IMAGE.matcher(base).matches()
                || options.contexts().contains(base)) {
            return;
        }
        Matcher tag = TAG.matcher(base);
        if (!tag.find() || tag.group(1).equals("latest")) {
            findings.warn(
                    DockerfileRule.FLOATING_BASE,
                    stage.from(),
                    "base image " + base + " is not pinned, so the build is not reproducible",
                    "name a release, or pin the digest (" + base + "@sha256:...)");
        }
    }

    private void secrets() {
        for (Instruction in : file.instructions()) {
            if (in.name().equals("arg")) {
                in.pairs().keySet().stream()
                        // The build's own arguments have a warning of their option.
                        .filter(name -> options.secretNames().test(name)
                                && !options.buildArgs().containsKey(name))
                        .forEach(name -> findings.warn(
                                DockerfileRule.SECRET_IN_ARG,
                                in,
                                "ARG " + name
                                        + " looks like a secret, but build arguments are visible in the image's history",
                                "pass it as a build secret, with RUN --mount=type=secret,id=..."));
            }
        }
    }

    private Set<String> skipped() {
        Dockerfile.Directive check = file.directives().get("check");
        if (check != null) {
            for (String part : check.value().split(";")) {
                if (part.strip().startsWith("skip=")) {
                    return Set.copyOf(
                            Stream.of(part.strip().substring("skip=".length()).split("\\s*,\\s*"))
                                    .distinct()
                                    .toList());
                }
            }
        }
        return Set.of();
    }
}
