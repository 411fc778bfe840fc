package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The known causes of failures, read from this package's text files, the most specific first.
 *
 * <p>A file has families ({@code # heading}) of causes ({@code [id]}). The lines of a cause are {@code ZONE: regex} or
 * {@code ZONE@PHASE,PHASE: regex}, {@code last: regex}, {@code why: text}, {@code fix: text} or {@code fix WORD ...:
 * text}, and {@code weak}. A line that begins with two spaces continues the one before: a text after a space, a regex
 * at once. The texts are those of docker 20.10 to 28.5, buildx to 0.30, BuildKit to 0.32, Dockerfile frontends from
 * 1.19, and CernVM-FS 2.12.
 */
final class Catalogue {
    private static final List<String> FILES = List.of(
            "docker",
            "builders",
            "host",
            "kubernetes",
            "runtime",
            "dockerfile",
            "registry",
            "images",
            "network",
            "export",
            "disk",
            "fetch",
            "cvmfs",
            "commands");

    /** All causes. */
    static final List<Cause> CAUSES =
            FILES.stream().flatMap(file -> new Catalogue(file).causes.stream()).toList();

    /** Advice that several fixes share, by its name. */
    static final Map<String, Cause> ADVICE =
            new Catalogue("advice").causes.stream().collect(Collectors.toMap(Cause::id, Function.identity()));

    private final List<Cause> causes = new ArrayList<>();
    private String family = "";
    private String id;
    private final List<Cause.Sign> signs = new ArrayList<>();
    private final List<Cause.Fix> fixes = new ArrayList<>();
    private Pattern last;
    private String why = "";
    private boolean weak;

    private Catalogue(String file) {
        List<String> entries = new ArrayList<>();
        read(file).lines().forEach(line -> {
            if (line.startsWith("  ") && !entries.isEmpty()) {
                int before = entries.size() - 1;
                String space = entries.get(before).matches("(?:why|fix)[^:]*:.*") ? " " : "";
                entries.set(before, entries.get(before) + space + line.substring(2));
            } else if (!line.isBlank()) {
                entries.add(line);
            }
        });
        entries.forEach(this::take);
        end();
    }

    private static String read(String file) {
        try (InputStream in = Catalogue.class.getResourceAsStream(file + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(String line) {
        if (line.startsWith("# ")) {
            end();
            family = line.substring(2);
        } else if (line.startsWith("[")) {
            end();
            id = line.substring(1, line.length() - 1);
        } else if (line.equals("weak")) {
            weak = true;
        } else {
            int colon = line.indexOf(": ");
            set(line.substring(0, colon), line.substring(colon + 2));
        }
    }

    private void set(String key, String value) {
        String[] words = key.split("[ @,]");
        List<String> rest = Stream.of(words).skip(1).toList();
        switch (words[0]) {
            case "why" -> why = value;
            case "fix" -> fixes.add(new Cause.Fix(Set.copyOf(rest), value));
            case "last" -> last = Pattern.compile(value, Pattern.DOTALL);
            default ->
                signs.add(new Cause.Sign(
                        Cause.Zone.valueOf(words[0].toUpperCase(Locale.ROOT)),
                        rest.stream().map(Phase::of).map(Optional::orElseThrow).collect(Collectors.toUnmodifiableSet()),
                        Pattern.compile(value, Pattern.DOTALL)));
        }
    }

    private void end() {
        if (id != null) {
            causes.add(new Cause(id, family, List.copyOf(signs), last, weak, why, List.copyOf(fixes)));
        }
        id = null;
        signs.clear();
        fixes.clear();
        last = null;
        why = "";
        weak = false;
    }
}
