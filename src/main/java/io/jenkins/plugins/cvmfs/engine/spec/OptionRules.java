package io.jenkins.plugins.cvmfs.engine.spec;

import io.jenkins.plugins.cvmfs.engine.options.Problems;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what a build is told besides its source, its results and its builder. */
final class OptionRules {
    /** Build arguments that follow from options of their own. */
    private static final Set<String> OWN_ARGUMENTS = Set.of("ARG_CVMFS_MOUNTS", "ARG_MY_UID", "ARG_MY_GID");

    private static final Set<String> OWN_VARIABLES = Set.of("CVMFS_MOUNTS", "MY_UID", "MY_GID");

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern KEY = Pattern.compile("[^=\\s\\p{Cntrl}][^=\\p{Cntrl}]*");
    private static final Pattern ANNOTATION = Pattern.compile("[^=\\s\\p{Cntrl}]+=.*", Pattern.DOTALL);
    private static final Pattern PLATFORM = Pattern.compile("[a-z0-9_.()+-]+(?:/[a-z0-9_]+){0,2}");
    private static final Pattern CONTEXT_NAME = Pattern.compile("[a-z0-9][a-z0-9._/:@-]*(?::[\\w][\\w.-]*)?");
    private static final Pattern SECRET = Pattern.compile("(?:.*,)?id=[A-Za-z0-9_.-]+(?:,.*)?", Pattern.DOTALL);
    private static final Pattern SECRET_ID = Pattern.compile("(?:^|,)id=([^,]*)");
    private static final Pattern SSH = Pattern.compile("[A-Za-z0-9_.-]+(?:=.+)?", Pattern.DOTALL);
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_.-]+[:=](?:[0-9a-fA-F.:\\[\\]]+|host-gateway)");
    private static final Pattern NETWORK = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.:-]*");
    private static final Pattern ULIMIT = Pattern.compile("[a-z]+=-?[0-9]+(?::-?[0-9]+)?");
    private static final Pattern SIZE = Pattern.compile("[0-9]+(?:\\.[0-9]+)?[bkmgBKMG]?[bB]?");
    private static final Pattern CALL = Pattern.compile("build|check");
    private static final Pattern ANY = Pattern.compile(".+", Pattern.DOTALL);

    private final Problems problems;

    OptionRules(Problems problems) {
        this.problems = problems;
    }

    void check(BuildOptions options, Strategy strategy) {
        problems.keysMatch(
                "buildArgs",
                options.buildArgs(),
                VARIABLE,
                "NAME=value is allowed, the name of letters, digits and '_'");
        notOwn(options, strategy);
        problems.keysMatch("labels", options.labels(), KEY, "key=value is allowed");
        problems.allMatch("annotations", options.annotations(), ANNOTATION, "[type:]key=value is allowed");
        problems.allMatch(
                "platforms", options.platforms(), PLATFORM, "os/arch[/variant] is allowed, such as linux/amd64");
        problems.keysMatch(
                "buildContexts",
                options.buildContexts(),
                CONTEXT_NAME,
                "name=path, name=URL or name=docker-image://... is allowed");
        problems.allMatch("cacheFrom", options.cacheFrom(), ANY, "type=...,key=value or a reference is allowed");
        problems.allMatch("cacheTo", options.cacheTo(), ANY, "type=...,key=value is allowed");
        problems.allMatch(
                "secrets",
                options.secrets(),
                SECRET,
                "id=NAME,src=FILE or id=NAME,env=VARIABLE is allowed, the name of letters, digits, '.', '_' and '-'");
        problems.allMatch("ssh", options.ssh(), SSH, "default or ID, or ID=SOCKET-OR-KEY is allowed");
        onceEach("secrets", options.secrets(), OptionRules::secretId);
        onceEach("ssh", options.ssh(), spec -> spec.split("=", 2)[0]);
        problems.matches("provenance", options.provenance(), ANY, "true, false or mode=min|max is allowed");
        problems.matches("sbom", options.sbom(), ANY, "true, false or generator=IMAGE is allowed");
        problems.allMatch("outputs", options.outputs(), ANY, "type=...,dest=... or a path is allowed");
        problems.allMatch("addHosts", options.addHosts(), HOST, "HOST:ADDRESS is allowed");
        problems.matches(
                "network", options.network(), NETWORK, "default, none, host or the name of a network is allowed");
        problems.allMatch(
                "ulimits", options.ulimits(), ULIMIT, "NAME=SOFT[:HARD] is allowed, such as nofile=1024:4096");
        problems.matches("shmSize", options.shmSize(), SIZE, "a number with b, k, m or g is allowed, such as 64m");
        problems.matches("call", options.call(), CALL, "build or check is allowed");
        if (strategy == Strategy.COMMIT) {
            notWithCommit(options);
        }
    }

    private void notOwn(BuildOptions options, Strategy strategy) {
        Set<String> own = strategy == Strategy.COMMIT ? OWN_VARIABLES : OWN_ARGUMENTS;
        options.buildArgs().forEach((name, value) -> {
            if (own.contains(name)) {
                problems.add(
                        "buildArgs",
                        name + "=" + value,
                        "this one follows from mounts, uid and gid; set those instead");
            }
        });
    }

    private void onceEach(String option, List<String> specs, UnaryOperator<String> id) {
        Set<String> seen = new HashSet<>();
        specs.stream()
                .filter(spec -> !seen.add(id.apply(spec)))
                .forEach(spec -> problems.add(option, id.apply(spec), "each name is allowed once"));
    }

    private static String secretId(String spec) {
        Matcher matcher = SECRET_ID.matcher(spec);
        return matcher.find() ? matcher.group(1) : spec;
    }

    private void notWithCommit(BuildOptions options) {
        unused("annotations", options.annotations());
        unused("platforms", options.platforms());
        unused("buildContexts", List.copyOf(options.buildContexts().keySet()));
        unused("cacheFrom", options.cacheFrom());
        unused("cacheTo", options.cacheTo());
        unused("noCache", options.noCache() ? List.of("true") : List.of());
        unused("secrets", options.secrets());
        unused("ssh", options.ssh());
        unused("provenance", options.provenance() == null ? List.of() : List.of(options.provenance()));
        unused("sbom", options.sbom() == null ? List.of() : List.of(options.sbom()));
        unused("outputs", options.outputs());
    }

    private void unused(String option, List<String> values) {
        if (!values.isEmpty()) {
            problems.add(
                    option,
                    String.join(" ", values),
                    "strategy commit cannot do this; use strategy buildx or leave it out");
        }
    }
}
