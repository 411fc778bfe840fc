package io.jenkins.plugins.cvmfs.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The texts that people read in this repository, and the code in them. */
public final class Documents {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```");
    private static final Pattern INDENTED = Pattern.compile("(?m)(?<=\\n\\n)(?: {4,}\\S.*\\n)+");
    private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

    private Documents() {}

    /**
     * A piece of code.
     *
     * @param place the document and the line
     * @param text the code
     */
    public record Code(String place, String text) {
        @Override
        public String toString() {
            return place;
        }
    }

    /** Every document in Markdown. */
    public static List<Path> all() throws IOException {
        List<Path> documents = new ArrayList<>(Stream.of("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
                .map(Path::of)
                .toList());
        for (String folder : List.of("docs", "examples")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        return documents;
    }

    /** The blocks of a language. */
    public static List<Code> blocks(String language) throws IOException {
        List<Code> found = new ArrayList<>();
        for (Path document : all()) {
            String text = Files.readString(document);
            FENCED.matcher(text)
                    .results()
                    .filter(block -> block.group(1).equals(language))
                    .forEach(block -> found.add(new Code(place(document, text, block.start()), block.group(2))));
        }
        return found;
    }

    /** The indented blocks, which are commands and their output. */
    public static List<Code> indented() throws IOException {
        List<Code> found = new ArrayList<>();
        for (Path document : all()) {
            String text = Files.readString(document);
            INDENTED.matcher(text)
                    .results()
                    .forEach(block -> found.add(new Code(place(document, text, block.start()), block.group())));
        }
        return found;
    }

    /** The code in sentences and tables. */
    public static List<Code> inline() throws IOException {
        List<Code> found = new ArrayList<>();
        for (Path document : all()) {
            String text = Files.readString(document);
            String prose =
                    FENCED.matcher(text).replaceAll(block -> block.group().replaceAll("[^\\n]", " "));
            INLINE.matcher(prose)
                    .results()
                    .forEach(code -> found.add(new Code(
                            place(document, text, code.start()), code.group(1).replaceAll("\\s+", " "))));
        }
        return found;
    }

    private static String place(Path document, String text, int at) {
        return document + ":" + (1 + text.substring(0, at).lines().count());
    }
}
