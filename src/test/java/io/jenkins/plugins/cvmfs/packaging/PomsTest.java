package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.maven.model.Dependency;
import org.apache.maven.model.Model;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pom for Jenkins keeps the rules of its hosting (docs/hosting.md), and both poms say the same. */
class PomsTest {
    private static final Model ROOT = read(Path.of("pom.xml"));
    private static final Model JENKINS = read(Path.of("jenkins/pom.xml"));
    private static final Pattern PLUGIN = Pattern.compile("(?<=[\",])([a-z0-9-]+):\\$\\{([a-z0-9-]+)\\.version}");
    private static final String REPOSITORY = "https://github.com/jenkinsci/${project.artifactId}-plugin";

    private static Model read(Path pom) {
        try (InputStream stream = Files.newInputStream(pom)) {
            return new MavenXpp3Reader().read(stream);
        } catch (Exception e) {
            throw new IllegalStateException(pom + " cannot be read", e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hpi.strictBundledArtifacts, true",
        "ban-commons-lang-2.skip, false",
        "ban-deprecated-stapler.skip, false",
        "ban-junit4-imports.skip, false",
        "banObsoleteDependencyOverrides.skip, false",
        "changelist, 999999-SNAPSHOT",
        "jenkins.version, ${jenkins.baseline}.3"
    })
    void propertyIsSet(String name, String value) {
        assertThat(JENKINS.getProperties()).containsEntry(name, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.level", "maven.compiler.source", "maven.compiler.target", "maven.compiler.release"})
    void propertyIsLeftToTheParent(String name) {
        assertThat(JENKINS.getProperties()).doesNotContainKey(name);
    }

    @Test
    void parentAndBaselineAreNewEnough() {
        assertThat(JENKINS.getParent().getId()).startsWith("org.jenkins-ci.plugins:plugin:pom:6.");
        assertThat(Integer.parseInt(JENKINS.getParent().getVersion().split("\\.")[1]))
                .isGreaterThanOrEqualTo(2211);
        assertThat(Integer.parseInt(
                        JENKINS.getProperties().getProperty("jenkins.baseline").split("\\.")[1]))
                .isGreaterThanOrEqualTo(541);
    }

    @Test
    void coordinatesAreThoseOfAHostedPlugin() {
        assertThat(JENKINS.getGroupId()).isEqualTo("io.jenkins.plugins");
        assertThat(JENKINS.getArtifactId())
                .isLowerCase()
                .doesNotContain("jenkins")
                .hasSizeLessThan(37);
        assertThat(JENKINS.getVersion()).isEqualTo("${changelist}");
        assertThat(JENKINS.getPackaging()).isEqualTo("hpi");
        assertThat(JENKINS.getName()).isNotBlank().doesNotContainIgnoringCase("jenkins");
        assertThat(JENKINS.getDevelopers()).isEmpty();
        assertThat(JENKINS.getLicenses()).isNotEmpty();
    }

    @Test
    void sourcesAreWhereTheyWillBe() {
        assertThat(JENKINS.getUrl()).isEqualTo(REPOSITORY);
        assertThat(JENKINS.getScm().getConnection()).isEqualTo("scm:git:" + REPOSITORY + ".git");
        assertThat(JENKINS.getScm().getDeveloperConnection()).isNotBlank();
        assertThat(JENKINS.getScm().getUrl()).isEqualTo(REPOSITORY);
        assertThat(JENKINS.getScm().getTag()).isEqualTo("${scmTag}");
    }

    @Test
    void repositoriesAreReadByHttps() {
        assertThat(Stream.concat(JENKINS.getRepositories().stream(), JENKINS.getPluginRepositories().stream()))
                .isNotEmpty()
                .allMatch(repository -> repository.getUrl().startsWith("https://"));
    }

    @Test
    void versionsOfPluginsAreThoseOfTheBom() {
        assertThat(JENKINS.getDependencyManagement().getDependencies())
                .singleElement()
                .satisfies(bom -> assertThat(bom.getManagementKey())
                        .isEqualTo("io.jenkins.tools.bom:bom-${jenkins.baseline}.x:pom"));
        assertThat(JENKINS.getDependencies())
                .filteredOn(dependency -> dependency.getGroupId().matches("(io|org)\\.jenkins.*"))
                .isNotEmpty()
                .allSatisfy(dependency -> assertThat(dependency.getVersion())
                        .as(dependency.toString())
                        .isNull());
    }

    /** Whatever else the plugin uses is in Jenkins or in one of those plugins. */
    @Test
    void pluginFileNamesThePluginsThatTheOtherDependsOn() throws IOException {
        Matcher matcher = PLUGIN.matcher(Files.readString(Path.of("packaging/pom.xml")));
        List<String> named = matcher.results()
                .peek(found -> assertThat(found.group(2)).isEqualTo(found.group(1)))
                .map(found -> found.group(1))
                .toList();

        assertThat(JENKINS.getDependencies())
                .filteredOn(dependency -> dependency.getScope() == null)
                .extracting(Dependency::getArtifactId)
                .containsExactlyInAnyOrderElementsOf(named);
    }

    @Test
    void bothPomsDescribeTheSame() {
        List<Function<Model, Object>> parts = List.of(
                Model::getArtifactId,
                Model::getName,
                Model::getDescription,
                model -> model.getUrl().replace("${project.artifactId}", model.getArtifactId()),
                model -> model.getLicenses().get(0).getName(),
                model -> model.getLicenses().get(0).getUrl());
        assertThat(parts).allSatisfy(part -> assertThat(part.apply(ROOT)).isEqualTo(part.apply(JENKINS)));
        assertThat(ROOT.getProperties().getProperty("jenkins.version"))
                .isEqualTo(JENKINS.getProperties().getProperty("jenkins.baseline") + ".3");
    }

    @Test
    void librariesHaveTheSameVersionInBothPoms() {
        var versions = ROOT.getDependencies().stream()
                .collect(Collectors.toMap(Dependency::getManagementKey, Dependency::getVersion));
        assertThat(JENKINS.getDependencies())
                .filteredOn(dependency -> dependency.getVersion() != null)
                .isNotEmpty()
                .allSatisfy(dependency ->
                        assertThat(versions).containsEntry(dependency.getManagementKey(), dependency.getVersion()));
    }
}
