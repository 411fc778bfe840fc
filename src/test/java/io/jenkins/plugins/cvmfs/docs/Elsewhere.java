package io.jenkins.plugins.cvmfs.docs;

import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that Docker's GitHub actions and bake have for things, and what stands for each here. */
final class Elsewhere {
    private static final String NONE = "none: ";
    private static final Pattern OURS = Pattern.compile("\\{(\\w+)}");

    private Elsewhere() {}

    /**
     * A name of another tool.
     *
     * @param tool the tool
     * @param name its name
     * @param ours options of ours in braces, or why there is none
     */
    record Row(String tool, String name, String ours) {
        boolean isRefused() {
            return ours.startsWith(NONE);
        }

        /** The options that stand for it. */
        List<String> named() {
            List<String> names = new ArrayList<>();
            Matcher matcher = OURS.matcher(ours);
            while (matcher.find()) {
                names.add(matcher.group(1));
            }
            return names;
        }

        /** Whether an option is what stands for it, first of all. */
        boolean isOf(Option option) {
            return !isRefused() && named().contains(option.name());
        }

        /** For people, with the options as a Pipeline spells them. */
        String text() {
            return OURS.matcher(ours)
                    .replaceAll(found -> Matcher.quoteReplacement("`" + OptionTable.inPipeline(found.group(1)) + "`"));
        }
    }

    /** Every name that is mapped or refused. */
    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (List<String> part : parts("elsewhere.txt")) {
            for (String line : part.subList(1, part.size())) {
                String[] row = line.split(" \\| ", 2);
                rows.add(new Row(part.get(0), row[0], row[1]));
            }
        }
        return rows;
    }

    /** All names, by the tool. */
    static Map<String, List<String>> inputs() throws IOException {
        Map<String, List<String>> inputs = new LinkedHashMap<>();
        for (List<String> part : parts("inputs.txt")) {
            String names = String.join(" ", part.subList(1, part.size()));
            inputs.put(tool(part.get(0)), List.of(names.split(" ")));
        }
        return inputs;
    }

    /** Which version of each tool has these names. */
    static List<String> versions() throws IOException {
        return parts("inputs.txt").stream().map(part -> part.get(0)).toList();
    }

    /** A heading without its version. */
    private static String tool(String heading) {
        return heading.replaceFirst(",? (?:v|buildx )[0-9.]+$", "");
    }

    private static List<List<String>> parts(String file) throws IOException {
        try (InputStream in = Elsewhere.class.getResourceAsStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("\n\n+")
                    .splitAsStream(text.strip())
                    .filter(part -> !part.startsWith("#"))
                    .map(part -> part.lines().toList())
                    .toList();
        }
    }
}
