package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.ControlTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionRules;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the options of one image: first each by itself, by the table, then in combination. */
final class SpecRules {
    /** Build arguments that have their own options. */
    private static final Set<String> OWN_ARGUMENTS = Set.of("ARG_CVMFS_MOUNTS", "ARG_MY_UID", "ARG_MY_GID");

    private static final Set<String> OWN_VARIABLES = Set.of("CVMFS_MOUNTS", "MY_UID", "MY_GID");
    private static final Pattern SECRET_ID = Pattern.compile("(?:^|,)id=([^,]*)");

    private final GivenOptions in;
    private final WorkspaceFiles files;
    private final Problems problems = new Problems();

    SpecRules(GivenOptions given, WorkspaceFiles files) {
        this.in = given.without(
                OptionTable.all().stream().filter(option -> !option.isOfImage()).collect(Collectors.toSet()));
        this.files = files;
    }

    ImageSpec apply() throws InvalidSpecException {
        Strategy strategy = Strategy.of(in.text(ImageTable.STRATEGY)).orElse(Strategy.BUILDX);
        new OptionRules(in, problems).check(strategy, files::isOutside);
        if (!in.has(ImageTable.TAGS)) {
            problems.add(ImageTable.TAGS, null, "name at least one, such as registry.example.org/cms/analysis:1.2");
        }
        Source source = new SourceRules(in, files, problems).apply(strategy);
        Mounts mounts = Optional.ofNullable(in.text(ImageTable.MOUNTS))
                .flatMap(Mounts::parse)
                .orElse(Mounts.UNSET);
        CvmfsClient client = new ClientRules(in, problems).apply(mounts);
        buildOptions(strategy);
        if (in.has(ImageTable.SMOKE_TEST)) {
            problems.passable(ImageTable.SMOKE_TEST, in.text(ImageTable.SMOKE_TEST));
        }
        PairTable.all().forEach(pair -> pair.check(in, problems));
        GateRules.check(in, problems);
        BuilderSpec builder = new BuilderRules(in, problems).apply(strategy);
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems.found());
        }
        return new ImageSpec(resolved(source, strategy), tags(), source, strategy, mounts, client, builder);
    }

    /** The canonical form of a description: with context, base image and strategy, without flags at their defaults. */
    private GivenOptions resolved(Source source, Strategy strategy) {
        GivenOptions values = in.without(OptionTable.all().stream()
                .filter(option -> in.has(option) && !in.isChanged(option))
                .toList());
        if (source instanceof Source.Dockerfile dockerfile) {
            values.give(ImageTable.CONTEXT, dockerfile.context());
        } else if (source instanceof Source.Setup setup) {
            values.give(ImageTable.BASE_IMAGE, setup.baseImage());
        }
        return values.give(ImageTable.STRATEGY, strategy.name().toLowerCase(Locale.ROOT));
    }

    private List<ImageReference> tags() {
        return new LinkedHashSet<>(in.list(ImageTable.TAGS))
                .stream().map(ImageReference::parse).map(Optional::orElseThrow).toList();
    }

    private void buildOptions(Strategy strategy) {
        Set<String> own = strategy == Strategy.COMMIT ? OWN_VARIABLES : OWN_ARGUMENTS;
        in.map(BuildTable.BUILD_ARGS).forEach((name, value) -> {
            if (own.contains(name)) {
                problems.add(
                        BuildTable.BUILD_ARGS,
                        name + "=" + value,
                        "this one follows from {mounts}, {uid} and {gid}; set those instead");
            }
        });
        onceEach(BuildTable.SECRETS, SpecRules::secretId);
        onceEach(BuildTable.SSH, spec -> spec.split("=", 2)[0]);
        onceEach(ControlTable.ATTESTS, GivenFacts::typeOf);
        onceEach(BuildTable.CALL, UnaryOperator.identity());
    }

    private void onceEach(Option option, UnaryOperator<String> id) {
        Set<String> seen = new HashSet<>();
        in.list(option).stream()
                .filter(spec -> !seen.add(id.apply(spec)))
                .forEach(spec -> problems.add(option, id.apply(spec), "expected each name once"));
    }

    private static String secretId(String spec) {
        Matcher matcher = SECRET_ID.matcher(spec);
        return matcher.find() ? matcher.group(1) : spec;
    }
}
