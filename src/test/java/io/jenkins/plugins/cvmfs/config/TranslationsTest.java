package io.jenkins.plugins.cvmfs.config;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.localizer.LocaleProvider;

/** Whoever has a page or a form in German or French has all of it, and no text without a place. */
class TranslationsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/cvmfs");
    private static final List<String> LANGUAGES = List.of("de", "fr");
    private static final Pattern TEXT = Pattern.compile("\\$\\{%([^}(]+)(?:\\([^}]*)?}");

    static List<Path> views() throws IOException {
        return files(".jelly");
    }

    static List<Path> messages() throws IOException {
        return files("Messages.properties");
    }

    private static List<Path> files(String end) throws IOException {
        try (Stream<Path> files = Files.walk(RESOURCES)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().endsWith(end))
                    .sorted()
                    .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    private static Set<String> keys(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader text = Files.newBufferedReader(file)) {
                properties.load(text);
            }
        }
        return new TreeSet<>(properties.stringPropertyNames());
    }

    private static Path in(String language, Path file) {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + "_" + language + ".properties");
    }

    @ParameterizedTest
    @MethodSource("views")
    void eachTextOfAViewIsThereInEachLanguage(Path view) throws IOException {
        Set<String> texts = TEXT.matcher(Files.readString(view))
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(toCollection(TreeSet::new));
        for (String language : LANGUAGES) {
            assertThat(keys(in(language, view))).as(language).isEqualTo(texts);
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void eachMessageIsThereInEachLanguage(Path file) throws IOException {
        for (String language : LANGUAGES) {
            assertThat(keys(in(language, file))).as(language).isEqualTo(keys(file));
        }
    }

    @Test
    void eachFieldAndGroupHasANameInEachLanguage() throws IOException {
        Set<String> wanted = new TreeSet<>();
        for (Option option : OptionTable.all()) {
            if (option.isInJenkins()) {
                wanted.add(option.name());
            }
        }
        new StepForm().getFolded().forEach(section -> wanted.add("group." + group(section.getTitle())));
        for (String language : LANGUAGES) {
            Set<String> names = keys(RESOURCES.resolve("config/Labels_" + language + ".properties"));
            assertThat(names).as(language).containsAll(wanted);
            names.removeAll(wanted);
            assertThat(names).as(language + ": placeholders").allMatch(TranslationsTest::isPlaceholder);
        }
        assertThat(keys(RESOURCES.resolve("config/Labels_de.properties")))
                .isEqualTo(keys(RESOURCES.resolve("config/Labels_fr.properties")));
    }

    private static boolean isPlaceholder(String key) {
        return key.endsWith(".default")
                && OptionTable.find(key.substring(0, key.lastIndexOf('.')))
                        .filter(option -> !option.byDefault().isEmpty())
                        .isPresent();
    }

    private static Group group(String title) {
        return Stream.of(Group.values())
                .filter(group -> group.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLanguageIsThatOfTheUser() {
        LocaleProvider before = LocaleProvider.getProvider();
        try {
            assertThat(labelIn(Locale.ENGLISH)).isEqualTo("CVMFS repositories");
            assertThat(labelIn(Locale.GERMANY)).isEqualTo("CVMFS-Repositorys");
            assertThat(labelIn(Locale.FRENCH)).isEqualTo("Dépôts CVMFS");
            assertThat(labelIn(Locale.JAPANESE)).isEqualTo("CVMFS repositories");
        } finally {
            LocaleProvider.setProvider(before);
        }
    }

    private static String labelIn(Locale locale) {
        LocaleProvider.setProvider(new LocaleProvider() {
            @Override
            public Locale get() {
                return locale;
            }
        });
        return Labels.of(ImageTable.MOUNTS);
    }
}
