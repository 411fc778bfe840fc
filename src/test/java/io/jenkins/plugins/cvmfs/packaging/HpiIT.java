package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens the plugin file that the build has made. */
class HpiIT {
    /** A field, but not one whose value has a form of its own. */
    private static final Pattern FIELD = Pattern.compile("<f:(?!property|repeatableProperty)[^>]* field=\"(\\w+)\"");

    private static final String LICENSE = "META-INF/LICENSE.md";
    private static final String INNER = "WEB-INF/lib/cvmfs-derived-image.jar";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.jenkins.plugins.cvmfs");

    private static Attributes plugin;
    private static Attributes inner;
    private static final Map<String, String> OUTSIDE = new TreeMap<>();
    private static final Map<String, String> INSIDE = new TreeMap<>();

    @BeforeAll
    static void open() throws IOException {
        Path hpi = Path.of(System.getProperty("hpi"));
        assertThat(hpi).isRegularFile();
        byte[] jar;
        try (JarFile file = new JarFile(hpi.toFile())) {
            plugin = file.getManifest().getMainAttributes();
            file.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> OUTSIDE.put(entry.getName(), ""));
            try (InputStream stream = file.getInputStream(file.getEntry(INNER))) {
                jar = stream.readAllBytes();
            }
        }
        try (JarInputStream stream = new JarInputStream(new ByteArrayInputStream(jar))) {
            Manifest manifest = stream.getManifest();
            inner = manifest.getMainAttributes();
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                if (!entry.isDirectory()) {
                    INSIDE.put(entry.getName(), new String(stream.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Short-Name, cvmfs-derived-image",
        "Group-Id, io.jenkins.plugins",
        "Jenkins-Version, 2.541.3",
        "Minimum-Java-Version, 17",
        "Plugin-License-Name, MIT License"
    })
    void theManifestDescribesThePlugin(String attribute, String value) {
        assertThat(plugin.getValue(attribute)).as(attribute).isEqualTo(value);
    }

    @Test
    void manifestNamesEveryPluginThatIsUsed() {
        assertThat(plugin.getValue("Plugin-Dependencies").split(","))
                .extracting(dependency -> dependency.substring(0, dependency.indexOf(':')))
                .containsExactlyInAnyOrder(
                        "authentication-tokens",
                        "credentials",
                        "docker-commons",
                        "durable-task",
                        "echarts-api",
                        "ionicons-api",
                        "jackson2-api",
                        "plain-credentials",
                        "script-security",
                        "ssh-credentials",
                        "workflow-api",
                        "workflow-durable-task-step",
                        "workflow-step-api");
    }

    @Test
    void theInnerJarNamesItsPlugin() {
        assertThat(inner.getValue("Short-Name")).isEqualTo(plugin.getValue("Short-Name"));
        assertThat(inner.getValue("Plugin-Version")).isEqualTo(plugin.getValue("Plugin-Version"));
    }

    @Test
    void holdsOnlyThisProjectsOwnClasses() {
        assertThat(OUTSIDE.keySet()).containsExactlyInAnyOrder("META-INF/MANIFEST.MF", LICENSE, INNER);
        assertThat(INSIDE.keySet())
                .contains("index.jelly", LICENSE)
                .allMatch(name -> name.startsWith("io/jenkins/plugins/cvmfs/")
                        || name.startsWith("META-INF/annotations/")
                        || name.startsWith("META-INF/services/annotations/")
                        || name.equals("index.jelly")
                        || name.equals(LICENSE))
                .noneMatch(name -> name.startsWith("io/jenkins/plugins/cvmfs/cli/"));
    }

    @Test
    void indexOfExtensionsIsWhole() {
        String[] indexed = INSIDE.get("META-INF/annotations/hudson.Extension.txt")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toArray(String[]::new);
        assertThat(indexed).containsExactlyInAnyOrder(annotatedWith("hudson.Extension"));
    }

    @Test
    void indexOfSymbolsIsWhole() {
        assertThat(INSIDE.get("META-INF/services/annotations/org.jenkinsci.Symbol")
                        .lines())
                .containsExactlyInAnyOrder(annotatedWith("org.jenkinsci.Symbol"));
    }

    @Test
    void everyFieldOfAFormHasHelp() {
        INSIDE.forEach((name, text) -> {
            if (name.endsWith("/config.jelly")) {
                String folder = name.substring(0, name.lastIndexOf('/') + 1);
                assertThat(FIELD.matcher(text).results().map(field -> folder + "help-" + field.group(1) + ".html"))
                        .as(name)
                        .allMatch(INSIDE::containsKey);
            }
        });
    }

    private static String[] annotatedWith(String annotation) {
        return CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(annotation))
                .map(JavaClass::getName)
                .toArray(String[]::new);
    }
}
