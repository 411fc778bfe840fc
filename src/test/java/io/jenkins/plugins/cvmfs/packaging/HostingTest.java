package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The rules by which the Jenkins project hosts a plugin, but those of its pom: docs/hosting.md lists them. */
class HostingTest {
    @ParameterizedTest
    @CsvSource({
        ".github/CODEOWNERS, * @jenkinsci/cvmfs-derived-image-plugin-developers",
        ".gitignore, target/",
        ".gitignore, work/",
        ".mvn/maven.config, -Dchangelist.format=%d.v%s"
    })
    void fileHasTheLine(Path file, String line) throws IOException {
        assertThat(Files.readAllLines(file)).as(file.toString()).contains(line);
    }

    @Test
    void releasesGetTheirNumberFromTheCommit() {
        assertThat(Path.of(".mvn/extensions.xml")).content().contains("git-changelist-maven-extension");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".github/release-drafter.yml",
                ".github/release-drafter.yaml",
                ".github/workflows/release-drafter.yml",
                ".github/workflows/release-drafter.yaml"
            })
    void releaseNotesAreDraftedByTheReleaseAlone(Path file) {
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "jenkins-security-scan.yml, jenkins-infra/jenkins-security-scan/.github/workflows/jenkins-security-scan.yaml@v2",
        "cd.yaml, jenkins-infra/github-reusable-workflows/.github/workflows/maven-cd.yml@v1"
    })
    void workflowUsesTheOneOfJenkins(String name, String used) throws IOException {
        JsonNode workflow = yaml(Path.of(".github/workflows", name));

        assertThat(workflow.path("on").isObject()).as("on").isTrue();
        assertThat(workflow.path("permissions").path("contents").asText()).isIn("read", "write");
        assertThat(workflow.path("jobs").findValuesAsText("uses")).containsExactly(used);
    }

    @Test
    void dependenciesOfBothPomsAndOfTheWorkflowsAreUpdated() throws IOException {
        JsonNode updates = yaml(Path.of(".github/dependabot.yml")).path("updates");

        assertThat(updates.findValuesAsText("package-ecosystem")).containsExactly("maven", "github-actions");
        assertThat(updates.path(0).path("directories"))
                .extracting(JsonNode::asText)
                .containsExactly("/", "/jenkins");
    }

    @Test
    void everyFormForIssuesAsksForSomething() throws IOException {
        assertThat(yaml(Path.of(".github/ISSUE_TEMPLATE/config.yml")).path("contact_links"))
                .isNotEmpty();
        for (String form : List.of("bug.yml", "feature.yml")) {
            JsonNode template = yaml(Path.of(".github/ISSUE_TEMPLATE", form));
            assertThat(template.path("name").asText()).as(form).isNotBlank();
            assertThat(template.path("body").findValuesAsText("id"))
                    .as(form)
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    static List<Path> jellyFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/resources"))) {
            return files.filter(file -> file.toString().endsWith(".jelly"))
                    .sorted()
                    .toList();
        }
    }

    /** What a content security policy forbids in a page. */
    @ParameterizedTest
    @MethodSource("jellyFiles")
    void jellyHasNoScriptAndNoStyle(Path file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        List<String> found = new ArrayList<>();
        NodeList elements = root.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            Element element = (Element) elements.item(i);
            if (List.of("style", "script").contains(element.getTagName())) {
                found.add(element.getTagName());
            }
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                Attr attribute = (Attr) element.getAttributes().item(j);
                // Alone it is a script that the page evaluates; with the other one it is an address.
                boolean script = attribute.getName().equals("checkUrl") && !element.hasAttribute("checkDependsOn");
                if (script
                        || attribute.getName().equals("onclick")
                        || (element.getNamespaceURI() == null
                                && attribute.getName().startsWith("on"))) {
                    found.add(element.getTagName() + " " + attribute.getName());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }
}
