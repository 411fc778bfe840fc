package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.ClientTable;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.record.BuildInputs.LeftOut;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An image that is built again from its record: from the same source, with each repository in the recorded state and
 * the base image by digest.
 */
public final class Reproduction {
    /** The option with the record's file. */
    public static final String RECORD = "RECORD";

    /** The options for a setup script. Any of them replaces all. */
    private static final List<Option> SCRIPTS =
            List.of(ImageTable.SETUP, ImageTable.SETUP_FILE, ImageTable.SETUP_URL, ImageTable.SETUP_SHA256);

    private static final Pattern COMMIT = Pattern.compile("[^#]*#[0-9a-f]{40}(?::.*)?", Pattern.DOTALL);

    private final String file;
    private final ImageRecord record;
    private final BuildInputs inputs;

    private Reproduction(String file, ImageRecord record) {
        this.file = file;
        this.record = record;
        this.inputs = record.inputs();
    }

    /**
     * Reads a record.
     *
     * @param file the file's name, for messages
     * @throws InvalidSpecException if that is not a record, or an incomplete one
     */
    public static Reproduction of(String file, String json) throws InvalidSpecException {
        ImageRecord record;
        try {
            record = ImageRecord.fromJson(json);
        } catch (UnreadableResultException e) {
            throw new InvalidSpecException(
                    List.of(new Problem(RECORD, file, "expected the record of an image; " + e.getMessage())));
        }
        List<String> lacking = new ArrayList<>();
        if (record.inputs() == null) {
            lacking.add("inputs");
        } else if (record.inputs().source() == null) {
            lacking.add("inputs.source");
        }
        if (record.strategy() == null) {
            lacking.add("strategy");
        }
        if (!lacking.isEmpty()) {
            throw new InvalidSpecException(List.of(new Problem(
                    RECORD,
                    file,
                    "it lacks " + String.join(" and ", lacking)
                            + ", so it is unknown what the image was built from; an older version wrote it. Build "
                            + "the image again and keep the new record")));
        }
        return new Reproduction(file, record);
    }

    /** The record. */
    public ImageRecord record() {
        return record;
    }

    /**
     * Completes the given options with those of the record.
     *
     * @throws InvalidSpecException if a state is unknown, or an omitted value must be given again
     */
    public void complete(GivenOptions given) throws InvalidSpecException {
        List<Problem> problems = new ArrayList<>();
        states(problems);
        for (LeftOut left : inputs.leftOut()) {
            if (!isGiven(given, left)) {
                String what = left.name() == null ? "it" : "'" + left.name() + "'";
                problems.add(new Problem(
                        left.option(),
                        null,
                        "the record does not contain " + what + ", since it is or may hold a secret; give " + what
                                + " again" + (left.option().equals("setup") ? ", as a text or as a file" : "")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSpecException(problems);
        }
        GivenOptions recorded = recorded();
        if (hasScript(given)) {
            recorded = recorded.without(SCRIPTS);
        }
        if (given.has(BuilderTable.NAME) || given.has(BuilderTable.ENDPOINT)) {
            recorded = recorded.without(List.of(BuilderTable.DRIVER));
        }
        given.complete(recorded);
        given.give(
                ClientTable.PINS,
                record.repositories().stream()
                        .map(repository -> repository.name() + "=" + repository.rootHash())
                        .toList());
    }

    private static boolean hasScript(GivenOptions given) {
        return SCRIPTS.stream().anyMatch(option -> option != ImageTable.SETUP_SHA256 && given.has(option));
    }

    private static boolean isGiven(GivenOptions given, LeftOut left) {
        Option option = OptionTable.find(left.option()).orElse(ImageTable.SETUP);
        if (option == ImageTable.SETUP) {
            return hasScript(given);
        } else if (left.name() == null) {
            return given.has(option);
        }
        return option.kind() == Kind.MAP
                ? given.map(option).containsKey(left.name())
                : given.list(option).stream()
                        .anyMatch(text -> InputsReader.nameOf(option, text).equals(left.name()));
    }

    private void states(List<Problem> problems) {
        Set<String> told =
                record.repositories().stream().map(MountedRepository::name).collect(Collectors.toSet());
        record.repositories().stream()
                .filter(repository -> repository.rootHash() == null)
                .forEach(repository -> problems.add(new Problem(
                        RECORD,
                        file,
                        "it has no root hash of " + repository.name()
                                + (repository.revision() == null ? "" : ", only revision " + repository.revision())
                                + ", and only the hash identifies a state permanently; recording it "
                                + "needs attr, getfattr or python3 in the base image")));
        Mounts mounts = new Mounts(record.mounts() == null ? "" : record.mounts());
        List<String> untold = mounts.repositories().stream()
                .filter(name -> !told.contains(name))
                .toList();
        if (!untold.isEmpty() || mounts.any() && told.isEmpty()) {
            problems.add(new Problem(
                    RECORD,
                    file,
                    "it does not say in which state " + (untold.isEmpty() ? "CVMFS" : String.join(", ", untold))
                            + " was mounted, so that state cannot be mounted again"));
        }
    }

    private GivenOptions recorded() {
        GivenOptions recorded = inputs.options().without(List.of(ImageTable.BASE_IMAGE));
        String base = inputs.options().text(ImageTable.BASE_IMAGE);
        boolean fetched = inputs.options().has(ImageTable.SETUP_URL);
        // The record does not say which builder exists under which name.
        boolean existing = Driver.EXISTING.text().equals(record.builderDriver());
        return recorded.give(ImageTable.STRATEGY, record.strategy())
                .give(ImageTable.SETUP_SHA256, fetched ? inputs.sourceSha256() : null)
                .give(ImageTable.BASE_IMAGE, base == null ? null : new BasePins(record).pinned(base))
                .give(ImageTable.MOUNTS, record.mounts())
                .give(BuilderTable.DRIVER, existing ? null : record.builderDriver());
    }

    /**
     * Compares the source with that of the record.
     *
     * @param sha256 the sha256 of the current Dockerfile or setup script; null if it cannot be read before the build
     * @throws InvalidSpecException if it differs, or cannot be compared
     */
    public void requireSameSource(ImageSpec spec, String sha256) throws InvalidSpecException {
        boolean fixed = spec.source() instanceof Source.Dockerfile source
                && COMMIT.matcher(source.context()).matches();
        String was = inputs.sourceSha256();
        if (sha256 == null && fixed || sha256 != null && sha256.equals(was)) {
            return;
        }
        String reason = was == null || sha256 == null
                ? "it cannot be compared with what the image was built from, since "
                        + (was == null ? "the record lacks inputs.sourceSha256" : "only the builder reads it")
                : "its sha256 is " + sha256 + ", but the image was built from one with " + was;
        throw new InvalidSpecException(List.of(new Problem(
                option(spec.source()),
                name(spec.source()),
                reason + "; use the recorded one, or accept another with --allow-changed-source")));
    }

    private static String option(Source source) {
        if (source instanceof Source.Setup setup) {
            return setup.script() instanceof Source.Script.File
                    ? "setupFile"
                    : setup.script() instanceof Source.Script.Url ? "setupUrl" : "setup";
        }
        return "dockerfile";
    }

    private static String name(Source source) {
        if (source instanceof Source.Dockerfile dockerfile) {
            return dockerfile.local().orElse(dockerfile.context());
        }
        Source.Script script = ((Source.Setup) source).script();
        return script instanceof Source.Script.File path
                ? path.path()
                : script instanceof Source.Script.Url url ? url.url() : "the text given";
    }
}
