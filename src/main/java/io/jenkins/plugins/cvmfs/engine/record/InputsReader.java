package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.record.BuildInputs.LeftOut;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.SecretNames;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Extracts a record's inputs from a description, without what looks like a secret. */
final class InputsReader {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern LOGIN = Pattern.compile("https?://[^/@\\s]*@.*", Pattern.DOTALL);
    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&#]+)=");
    private static final Pattern SECRET_ID = Pattern.compile("(?:^|.*,)id=([^,]*).*", Pattern.DOTALL);

    private final ImageSpec spec;
    private final GivenOptions values;
    private final List<String> noted;
    private final GivenOptions shown = new GivenOptions();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** @param noted what the script recorded: the source's sha256, the user and group it ran as */
    InputsReader(ImageSpec spec, String noted) {
        this.spec = spec;
        this.values = spec.values();
        this.noted = noted.lines().map(line -> line.split(" ", 2)[0]).toList();
    }

    BuildInputs read() {
        for (Option option : OptionTable.all()) {
            if (option.recording() == Recording.VALUES) {
                show(option);
            } else if (option.recording() == Recording.NAMES && values.has(option)) {
                name(option);
            }
        }
        if (spec.uid() == null) {
            shown.give(ImageTable.UID, noted(1, NUMBER));
        }
        if (spec.gid() == null) {
            shown.give(ImageTable.GID, noted(2, NUMBER));
        }
        Source.Script script = spec.source() instanceof Source.Setup setup ? setup.script() : null;
        return new BuildInputs(
                source(script),
                script instanceof Source.Script.Url fetched ? fetched.sha256() : noted(0, SHA256),
                shown,
                leftOut);
    }

    private static String source(Source.Script script) {
        Option option = script == null
                ? ImageTable.DOCKERFILE
                : script instanceof Source.Script.Inline
                        ? ImageTable.SETUP
                        : script instanceof Source.Script.File ? ImageTable.SETUP_FILE : ImageTable.SETUP_URL;
        return option.name();
    }

    private String noted(int line, Pattern form) {
        return noted.size() > line && form.matcher(noted.get(line)).matches() ? noted.get(line) : null;
    }

    private void show(Option option) {
        switch (option.kind()) {
            case FLAG -> shown.give(option, values.flag(option));
            case SWITCH -> shown.give(option, values.choice(option));
            case MAP -> {
                Map<String, String> some = new LinkedHashMap<>(values.map(option));
                some.entrySet().removeIf(entry -> leavesOut(option, entry.getKey(), entry.getValue()));
                shown.give(option, some);
            }
            case LIST ->
                shown.give(
                        option,
                        values.list(option).stream()
                                .filter(text -> !leavesOut(option, nameOf(option, text), valueOf(text)))
                                .toList());
            default -> {
                if (values.has(option) && !leavesOut(option, null, values.text(option))) {
                    shown.give(option, values.text(option));
                }
            }
        }
    }

    private void name(Option option) {
        if (option.kind() == Kind.LIST) {
            values.list(option).forEach(text -> leftOut.add(new LeftOut(option.name(), nameOf(option, text))));
        } else {
            leftOut.add(new LeftOut(option.name(), null));
        }
    }

    /** Identifies one value of a list. */
    static String nameOf(Option option, String text) {
        return option == BuildTable.SECRETS ? SECRET_ID.matcher(text).replaceFirst("$1") : text.split("=", 2)[0];
    }

    private static String valueOf(String text) {
        return text.substring(text.indexOf('=') + 1);
    }

    private boolean leavesOut(Option option, String name, String value) {
        boolean secret = isSecret(name == null ? "" : name, value);
        if (secret) {
            // Any kind of setup script must be given again as one option.
            Option again = option == ImageTable.SETUP_URL ? ImageTable.SETUP : option;
            leftOut.add(new LeftOut(again.name(), name));
        }
        return secret;
    }

    private static boolean isSecret(String name, String value) {
        boolean itself = SecretNames.isSecret(name)
                || SecretNames.isSecretValue(value)
                || LOGIN.matcher(value).matches();
        boolean inUrl = value.contains("://")
                && PARAMETER.matcher(value).results().anyMatch(found -> SecretNames.isSecret(found.group(1)));
        return !value.isEmpty() && (itself || inUrl);
    }
}
