package io.jenkins.plugins.cvmfs.engine.dockerfile.check;

import io.jenkins.plugins.cvmfs.engine.dockerfile.check.DockerfileFinding.Severity;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.Dockerfile;
import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.DockerfileReader;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.SecretNames;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks through a Dockerfile for what goes wrong, often silently, when CVMFS is mounted in a build.
 *
 * <p>An error is only what must fail or must make an image without content from CVMFS. What cannot be told, because a
 * variable or another frontend decides, is passed over. A line {@code # check=skip=ID,...} silences warnings.
 */
public final class DockerfileChecks {
    /**
     * Instructions, and words in ARGs and ENVs, that a file has at most: nobody writes more, and the work may grow with
     * their square.
     */
    private static final int MOST = 1000;

    private final ImageSpec spec;
    private final String target;
    private final List<DockerfileFinding> findings = new ArrayList<>();

    private DockerfileChecks(ImageSpec spec) {
        this.spec = spec;
        this.target = spec.source() instanceof Source.Dockerfile source ? source.target() : null;
    }

    /**
     * What is wrong, in the order of the lines.
     *
     * @param spec the build that the file is for
     * @param text of the file; one that is larger than a person writes is passed over
     */
    public static List<DockerfileFinding> of(ImageSpec spec, String text) {
        Optional<Dockerfile> file = DockerfileReader.read(text).filter(DockerfileChecks::isSmall);
        return file.isEmpty() ? List.of() : new DockerfileChecks(spec).findings(text, file.get());
    }

    private static boolean isSmall(Dockerfile file) {
        long words = file.instructions().stream()
                .filter(in -> in.name().equals("arg") || in.name().equals("env"))
                .mapToLong(in -> in.split().size())
                .sum();
        return file.instructions().size() <= MOST && words <= MOST;
    }

    private List<DockerfileFinding> findings(String text, Dockerfile file) {
        Frontend frontend = new Frontend(spec, text, file);
        if (file.mistake().isPresent()) {
            findings.add(new DockerfileFinding(
                    "dockerfile-syntax",
                    frontend.isDockers() ? Severity.ERROR : Severity.WARNING,
                    file.mistake().get().line(),
                    "docker does not accept this: " + file.mistake().get().text()));
            return findings;
        }
        Stages stages = new Stages(file, spec.options().buildArgs());
        stages.all().stream()
                .flatMap(stage -> stage.runs().stream())
                .filter(Run::hasSecurityFlag)
                .findFirst()
                .ifPresent(run -> frontend.ignorance()
                        .ifPresent(why -> add("syntax-too-old", why.certain(), run.line(), why.text())));
        Set<Stage> built = stages.built(target);
        Set<Stage> kept = stages.kept(target);
        MountChecks mounting = new MountChecks(spec, findings);
        stages.all().forEach(stage -> mounting.check(stage, built.contains(stage), kept.contains(stage)));
        stages.all().forEach(stage -> base(stage, stages));
        secrets(file);
        Set<String> skipped = skipped(file);
        return findings.stream()
                .filter(finding -> finding.isError() || !skipped.contains(finding.id()) && !skipped.contains("all"))
                .sorted(Comparator.comparingInt(DockerfileFinding::line))
                .toList();
    }

    private void base(Stage stage, Stages stages) {
        String base = stages.expanded(stage.base());
        if (base == null
                || stage.parent() != null
                || base.equals("scratch")
                || spec.options().buildContexts().containsKey(base)) {
            return;
        }
        Optional<ImageReference> image = ImageReference.parse(base);
        if (image.isPresent()
                && image.get().digest() == null
                && (image.get().tag() == null || image.get().tag().equals("latest"))) {
            add(
                    "floating-base",
                    false,
                    stage.line(),
                    "the base image " + base + " is another one tomorrow, and nobody can build this image again; "
                            + "name a release, or a digest (" + base + "@sha256:...)");
        }
    }

    private void secrets(Dockerfile file) {
        file.instructions().stream()
                .filter(in -> in.name().equals("arg"))
                .forEach(
                        in -> Pairs.of(in.arguments()).keySet().stream()
                                // Those that the build is given are told of with its options.
                                .filter(name -> SecretNames.isSecret(name)
                                        && !spec.options().buildArgs().containsKey(name))
                                .forEach(
                                        name -> add(
                                                "secret-in-arg",
                                                false,
                                                in.firstLine(),
                                                "ARG " + name
                                                        + " looks like a secret, and a build argument is seen in the "
                                                        + "image's history; hand it over as a build secret, RUN --mount=type=secret,id=...")));
    }

    private static Set<String> skipped(Dockerfile file) {
        Dockerfile.Directive check = file.directives().get("check");
        if (check != null) {
            for (String part : check.value().split(";")) {
                if (part.strip().startsWith("skip=")) {
                    return Set.copyOf(
                            List.of(part.strip().substring("skip=".length()).split("\\s*,\\s*")).stream()
                                    .distinct()
                                    .toList());
                }
            }
        }
        return Set.of();
    }

    private void add(String id, boolean certain, int line, String text) {
        findings.add(new DockerfileFinding(id, certain ? Severity.ERROR : Severity.WARNING, line, text));
    }
}
