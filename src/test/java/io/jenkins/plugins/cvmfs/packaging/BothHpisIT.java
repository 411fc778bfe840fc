package io.jenkins.plugins.cvmfs.packaging;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plugin files of both poms are one plugin, where jenkins/pom.xml has made its own. */
class BothHpisIT {
    private static final Path JENKINS = Path.of("jenkins/target/cvmfs-derived-image.hpi");
    private static final Path INNER = Path.of("WEB-INF/lib/cvmfs-derived-image.jar");

    /** What says by which build, tool and commit a file was made. */
    private static final Set<String> OF_THE_BUILD =
            Set.of("Build-Jdk-Spec", "Created-By", "Implementation-Build", "Implementation-Version", "Plugin-Version");

    /** What only one of the two says. */
    private static final Set<String> OF_ONE = Set.of(
            "Ant-Version",
            "Extension-Name",
            "Java-Version",
            "Minimum-Java-Version",
            "Plugin-Developers",
            "Plugin-ScmConnection",
            "Plugin-ScmTag",
            "Plugin-ScmUrl",
            "Specification-Version");

    private static Map<String, byte[]> ours;
    private static Map<String, byte[]> theirs;

    @BeforeAll
    static void open() throws IOException {
        assumeTrue(
                Files.isRegularFile(JENKINS)
                        && Files.getLastModifiedTime(JENKINS).compareTo(newestSource()) > 0,
                JENKINS + " is not made of these sources: mvn -f jenkins verify makes it");
        ours = entries(Path.of(System.getProperty("hpi")));
        theirs = entries(JENKINS);
    }

    private static FileTime newestSource() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            return files.filter(Files::isRegularFile)
                    .map(BothHpisIT::modified)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the jar inside. */
    private static Map<String, byte[]> entries(Path hpi) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (JarFile file = new JarFile(hpi.toFile());
                InputStream jar = file.getInputStream(file.getEntry(INNER.toString()));
                JarInputStream stream = new JarInputStream(new ByteArrayInputStream(jar.readAllBytes()))) {
            for (ZipEntry entry = stream.getNextEntry(); entry != null; entry = stream.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), stream.readAllBytes());
                }
            }
        }
        return entries;
    }

    private static Map<String, byte[]> classes(Map<String, byte[]> entries) {
        return entries.entrySet().stream()
                .filter(entry ->
                        entry.getKey().endsWith(".class") && !entry.getKey().endsWith("package-info.class"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void classesAreTheSameByteForByte() {
        Map<String, byte[]> expected = classes(theirs);

        assertThat(classes(ours).keySet()).isNotEmpty().isEqualTo(expected.keySet());
        assertThat(classes(ours))
                .allSatisfy((name, bytes) -> assertThat(bytes).as(name).isEqualTo(expected.get(name)));
    }

    @Test
    void resourcesAreTheSame() {
        List<String> resources = ours.keySet().stream()
                .filter(name -> name.startsWith("io/") && !name.endsWith(".class"))
                .toList();

        assertThat(resources)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(theirs).as(name).containsEntry(name, ours.get(name)));
    }

    @Test
    void manifestsAgree() throws IOException {
        assertThat(manifest(Path.of(System.getProperty("hpi")))).isEqualTo(manifest(JENKINS));
    }

    /** Plugins in one order, since Jenkins needs none. */
    private static Map<String, String> manifest(Path hpi) throws IOException {
        try (JarFile file = new JarFile(hpi.toFile())) {
            Map<String, String> attributes = file.getManifest().getMainAttributes().entrySet().stream()
                    .collect(toMap(entry -> entry.getKey().toString(), entry -> (String) entry.getValue()));
            attributes.computeIfPresent(
                    "Plugin-Dependencies",
                    (name, plugins) -> String.join(
                            ",", Stream.of(plugins.split(",")).sorted().toList()));
            attributes.keySet().removeAll(OF_THE_BUILD);
            attributes.keySet().removeAll(OF_ONE);
            return attributes;
        }
    }
}
