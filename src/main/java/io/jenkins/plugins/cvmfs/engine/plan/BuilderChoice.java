package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.reader.SyntaxDirective;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.spec.BuildOptions;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chooses between the engine's own builder and one in a container, where the user leaves it open.
 *
 * <p>Often the description alone tells. Otherwise the engine is asked once, by builds of nothing, since docker tells in
 * no other way what its builder grants. The answer is kept in the user's state directory; it holds until the engine is
 * started again, or until a build with the engine's own builder fails and that builder will not do any more.
 */
final class BuilderChoice {
    private static final Pattern ELSEWHERE = Pattern.compile("(?:.*,)?type=(?!local|tar|cacheonly).*", Pattern.DOTALL);

    private static final String BUILDS = """
            # Whether the engine's own builder builds the Dockerfile $1, which makes nothing.
            own_builds() {
                printf '%b' "$1" >"$dir/nothing"
                shift
                run docker buildx build --builder="$own" "$@" --output=type=cacheonly - 3<"$dir/nothing" >/dev/null 2>&1
            }

            # Says no with 1, and with 2 where the reason is another one, which may pass.
            own_will_do() {
                if ! own_builds 'FROM scratch\\n' --allow=security.insecure; then
                    why="the engine's own builder does not grant security.insecure"
                    own_builds 'FROM scratch\\n' && return 1
                    why="the engine's own builder does not answer"
                    return 2
            """;

    // The stage is read, but not built.
    private static final String READS = """
                elif ! own_builds 'FROM scratch AS x\\nRUN --security=insecure ["/x"]\\nFROM scratch\\n' --allow=security.insecure; then
                    why="the engine's own Dockerfile frontend does not know RUN --security, and the Dockerfile names no other"
                    return 1
            """;

    private static final String CHOOSE = """
                fi
                why="the engine's own builder grants security.insecure"
            }

            # The first line of the note is the name of the engine's own builder, or empty for one in a container; the second says why.
            choose_builder() {
                context=''
                [ -n "${DOCKER_HOST:-}${DOCKER_CONTEXT:-}" ] ||
                    context=$(sed -n 's/.*"currentContext"\\([^,}]*\\).*/\\1/p' "${DOCKER_CONFIG:-${HOME-}/.docker}/config.json" 2>/dev/null) || :
                sum=$(echo "$engine $context" | cksum)
                chosen=$state/chosen-NEED-${sum%% *}
                known=''
                if { IFS= read -r own && IFS= read -r why; } 2>/dev/null <"$chosen" &&
                    [ -z "$(find /var/run/docker.pid -newer "$chosen" 2>/dev/null)" ]; then
                    known=yes
                else
                    phase builder
                    name_own_builder
                    answer=0
                    own_will_do || answer=$?
                    [ "$answer" -eq 0 ] || own=''
                    if [ "$answer" -ne 2 ]; then
                        { mkdir -p "$state" && printf '%s\\n' "$own" "$why" >"$chosen.$$" && mv "$chosen.$$" "$chosen"; } 2>/dev/null || :
                    fi
                fi
                if [ -n "$own" ]; then
                    builder=$own
                    say_choice docker "${known:+ (as found before)}"
                else
                    say_choice docker-container "${known:+ (as found before)}"
                fi
            }

            # Only a build that has failed asks again.
            forget_choice() {
                answer=0
                [ -z "$known" ] || own_will_do || answer=$?
                if [ "$answer" -eq 1 ]; then
                    rm -f "$chosen"
                    echo "The engine's own builder was chosen before, but now: $why. The next build chooses anew." >&2
                fi
            }
            """;

    private static final String SAY = """
            say_choice() {
                echo "$1" >"$dir/CHOSEN"
                echo "Builder: driver $1, since $why$2." >&2
            }

            """.replace("CHOSEN", ResultFile.DRIVER.path());

    private final Driver driver;
    private final String why;
    private final boolean reads;

    private BuilderChoice(Driver driver, String why, boolean reads) {
        this.driver = driver;
        this.why = why;
        this.reads = reads;
    }

    /** @param dockerfile the text of the Dockerfile; empty where it cannot be read before the build */
    static BuilderChoice of(ImageSpec spec, Optional<String> dockerfile) {
        Optional<String> option = notTheEngines(spec);
        if (option.isPresent()) {
            return new BuilderChoice(
                    Driver.DOCKER_CONTAINER, "the engine's own builder may not be able to do " + option.get(), false);
        }
        return spec.insecure()
                ? new BuilderChoice(Driver.AUTO, null, readsInsecureRun(spec, dockerfile))
                : new BuilderChoice(Driver.DOCKER, "insecure is false", false);
    }

    /** The driver, or {@link Driver#AUTO} where the engine must be asked. */
    Driver driver() {
        return driver;
    }

    /** Adds the functions, and the line that chooses. */
    void addTo(Script script) {
        if (driver == Driver.AUTO) {
            String text = SAY + BUILDS + (reads ? READS : "") + CHOOSE.replace("NEED", reads ? "frontend" : "grant");
            script.define(text).line("choose_builder");
        } else {
            script.define(SAY.stripTrailing() + "\n").line("why=\"" + why + "\"\nsay_choice " + driver.text() + " ''");
        }
    }

    /** An option that only some engines' builders can do, or none. */
    private static Optional<String> notTheEngines(ImageSpec spec) {
        BuildOptions options = spec.options();
        List<String> outputs = options.outputs();
        if (options.onlyChecks()) {
            return Optional.empty();
        } else if (options.platforms().size() > 1) {
            return Optional.of("several platforms");
        } else if (options.cacheTo().stream().anyMatch(cache -> !cache.equals("type=inline"))) {
            return Optional.of("cacheTo");
        } else if (options.attests()) {
            return Optional.of("provenance or sbom");
        } else if (!options.annotations().isEmpty()) {
            return Optional.of("annotations");
        } else if (outputs.size() + (spec.load() || spec.push() ? 1 : 0) > 1
                || outputs.stream().anyMatch(ELSEWHERE.asMatchPredicate())) {
            return Optional.of("these outputs");
        }
        return Optional.empty();
    }

    /** Whether the engine's own frontend reads the Dockerfile and must know RUN --security. */
    private static boolean readsInsecureRun(ImageSpec spec, Optional<String> dockerfile) {
        if (spec.source() instanceof Source.Setup
                || !spec.options()
                        .buildArgs()
                        .getOrDefault("BUILDKIT_SYNTAX", "")
                        .isBlank()) {
            return false;
        }
        boolean named = dockerfile
                .flatMap(SyntaxDirective::frontends)
                .filter(frontends -> !frontends.isEmpty())
                .isPresent();
        return !named && dockerfile.filter(text -> !text.contains("--security")).isEmpty();
    }
}
