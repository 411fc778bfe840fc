package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the options of one image, in the order in which they are documented. */
final class SpecRules {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final long ID_MAX = 4294967294L;

    private final ImageSpecBuilder in;
    private final WorkspaceFiles files;
    private final Problems problems = new Problems();

    SpecRules(ImageSpecBuilder in, WorkspaceFiles files) {
        this.in = in;
        this.files = files;
    }

    ImageSpec apply() throws InvalidSpecException {
        List<ImageReference> tags = tags();
        Strategy strategy = strategy();
        Source source = new SourceRules(in, files, problems).apply(strategy);
        Mounts mounts = mounts(source, strategy);
        CvmfsClient client = new ClientRules(in, problems).apply(mounts);
        String uid = id("uid", in.uid);
        String gid = id("gid", in.gid);
        boolean load = load();
        switches(strategy);
        in.malformed.forEach(problem -> problems.add(problem.option(), problem.value(), problem.allowed()));
        BuildOptions options = options();
        if (options.onlyChecks() && source instanceof Source.Setup) {
            problems.add("call", in.call, "it goes with a Dockerfile, not with a setup script");
        }
        new OptionRules(problems).check(options, strategy);
        smokeTest(options);
        BuilderSpec builder = new BuilderRules(in, problems).apply(strategy);
        if (!problems.found().isEmpty()) {
            throw new InvalidSpecException(problems.found());
        }
        return new ImageSpec(
                tags,
                source,
                strategy,
                mounts,
                client,
                uid,
                gid,
                load,
                in.push,
                options,
                in.insecure,
                builder,
                in.smokeTest,
                in.wipeCache);
    }

    private List<ImageReference> tags() {
        if (in.tags.isEmpty()) {
            problems.add("tags", null, "name at least one, such as registry.example.org/cms/analysis:1.2");
        }
        List<ImageReference> tags = new ArrayList<>();
        for (String written : new LinkedHashSet<>(in.tags)) {
            Optional<ImageReference> tag = ImageReference.parse(written);
            if (tag.isEmpty() || tag.get().digest() != null) {
                problems.add(
                        "tags",
                        written,
                        "[registry[:port]/]repository[:tag] is allowed, the repository in lower case, without a digest");
            }
            tag.ifPresent(tags::add);
        }
        return List.copyOf(tags);
    }

    private Strategy strategy() {
        if (in.strategy == null) {
            return Strategy.BUILDX;
        }
        for (Strategy strategy : Strategy.values()) {
            if (strategy.name().toLowerCase(Locale.ROOT).equals(in.strategy)) {
                return strategy;
            }
        }
        problems.add("strategy", in.strategy, "buildx or commit is allowed");
        return Strategy.BUILDX;
    }

    private Mounts mounts(Source source, Strategy strategy) {
        Mounts mounts = Mounts.UNSET;
        if (in.mounts != null) {
            Optional<Mounts> parsed = Mounts.parse(in.mounts);
            if (parsed.isEmpty()) {
                problems.add("mounts", in.mounts, Mounts.ALLOWED);
            }
            mounts = parsed.orElse(Mounts.UNSET);
        }
        if (strategy == Strategy.BUILDX && source instanceof Source.Setup && mounts.any() && !in.insecure) {
            problems.add(
                    "insecure",
                    "false",
                    "true is needed, since a setup that mounts CVMFS mounts it in an insecure RUN");
        }
        return mounts;
    }

    private String id(String option, String value) {
        if (value != null && (!NUMBER.matcher(value).matches() || Long.parseLong(value) > ID_MAX)) {
            problems.add(option, value, "a number from 0 to " + ID_MAX + " is allowed");
        }
        return value;
    }

    private boolean load() {
        boolean elsewhere = in.push || !in.outputs.isEmpty();
        if (Boolean.FALSE.equals(in.load) && !elsewhere) {
            problems.add("load", "false", "with push false and no outputs nothing would be made; set one of the three");
        }
        return in.load == null ? !elsewhere : in.load;
    }

    /** A switch of the other strategy that is not at its default was meant to do something. */
    private void switches(Strategy strategy) {
        if (strategy == Strategy.COMMIT && !in.insecure) {
            problems.add(
                    "insecure",
                    "false",
                    "strategy commit has no insecure RUN: it mounts in a container with SYS_ADMIN; leave it out");
        }
        if (strategy == Strategy.BUILDX && !in.wipeCache) {
            problems.add("wipeCache", "false", "it goes with strategy commit, not with buildx");
        }
    }

    private void smokeTest(BuildOptions options) {
        if (in.smokeTest == null || !problems.passable("smokeTest", in.smokeTest)) {
            return;
        }
        if (options.onlyChecks()) {
            problems.add("smokeTest", in.smokeTest, "with call check no image is made that could be tested");
        } else if (options.platforms().size() > 1) {
            problems.add("smokeTest", in.smokeTest, "it goes with one platform, which the engine can load and run");
        }
    }

    private BuildOptions options() {
        return new BuildOptions(
                copy(in.buildArgs),
                copy(in.labels),
                List.copyOf(in.annotations),
                List.copyOf(in.platforms),
                copy(in.buildContexts),
                List.copyOf(in.cacheFrom),
                List.copyOf(in.cacheTo),
                in.noCache,
                in.pull,
                List.copyOf(in.secrets),
                List.copyOf(in.ssh),
                in.provenance,
                in.sbom,
                List.copyOf(in.outputs),
                List.copyOf(in.addHosts),
                in.network,
                List.copyOf(in.ulimits),
                in.shmSize,
                in.call);
    }

    static Map<String, String> copy(Map<String, String> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
