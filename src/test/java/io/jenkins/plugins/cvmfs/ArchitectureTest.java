package io.jenkins.plugins.cvmfs;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What may know what. */
class ArchitectureTest {
    private static final String ROOT = "io.jenkins.plugins.cvmfs";
    private static final String ENGINE = ROOT + ".engine..";
    /** Records, logins, and the JSON form of instructions. */
    private static final String[] WITH_JSON = {
        ROOT + ".engine.record", ROOT + ".engine.login", ROOT + ".engine.dockerfile.reader"
    };

    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LINES = 300;

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theEngineKnowsNoJenkins() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("hudson..", "jenkins..", "org.jenkinsci..", "org.kohsuke..", "com.cloudbees..")
                .check(CLASSES);
    }

    @Test
    void theEngineKnowsNothingAroundIt() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .should()
                .dependOnClassesThat(
                        resideInAPackage(ROOT + "..").and(describe("outside the engine", type -> !inEngine(type))))
                .check(CLASSES);
    }

    @Test
    void theEngineUsesTheJdkAloneAndJacksonWhereItReadsJson() {
        noClasses()
                .that()
                .resideInAPackage(ENGINE)
                .and()
                .resideOutsideOfPackages(WITH_JSON)
                .should()
                .dependOnClassesThat(outside("java..", ROOT + "..")
                        .and(describe("no primitive", type -> !type.isPrimitive() && !type.isArray())))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAnyPackage(WITH_JSON)
                .should()
                .dependOnClassesThat(outside("java..", ROOT + "..", "com.fasterxml.jackson..")
                        .and(describe("no primitive", type -> !type.isPrimitive() && !type.isArray())))
                .check(CLASSES);
    }

    @Test
    void theEnginesPublicMethodsUseOnlyJdkTypesAndItsOwn() {
        List<String> others = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (inEngine(type) && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                for (JavaCodeUnit unit : type.getCodeUnits()) {
                    if (unit.getModifiers().contains(JavaModifier.PUBLIC)) {
                        Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
                                .map(JavaClass::getBaseComponentType)
                                .filter(used -> !used.isPrimitive()
                                        && !used.getPackageName().startsWith("java.")
                                        && !inEngine(used))
                                .forEach(used -> others.add(unit.getFullName() + " has " + used.getName()));
                    }
                }
            }
        }
        assertThat(others).isEmpty();
    }

    /** What reads and checks Dockerfiles could be a module of its own. */
    @Test
    void theReaderAndTheChecksOfDockerfilesNeedNothingElse() {
        String reader = ROOT + ".engine.dockerfile.reader";
        String checks = ROOT + ".engine.dockerfile.check";
        noClasses()
                .that()
                .resideInAPackage(reader)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(outside(reader)))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(checks)
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + "..").and(outside(reader, checks)))
                .check(CLASSES);
        assertThat(publicTypes(reader))
                .containsExactlyInAnyOrder(
                        "BuildStage",
                        "ContextUse",
                        "Dockerfile",
                        "Dockerfile$Directive",
                        "Heredoc",
                        "Instruction",
                        "Mistake",
                        "RunDevice",
                        "RunMount",
                        "SyntaxDirective");
        assertThat(publicTypes(checks))
                .containsExactlyInAnyOrder(
                        "CheckOptions",
                        "CheckOptions$Builder",
                        "CheckOptions$Cvmfs",
                        "DockerfileChecks",
                        "DockerfileFinding",
                        "DockerfileFinding$Severity",
                        "DockerfileRule");
    }

    private static List<String> publicTypes(String name) {
        return CLASSES.stream()
                .filter(type -> type.getPackageName().equals(name)
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(type -> type.getName().substring(name.length() + 1))
                .toList();
    }

    @Test
    void packagesAreAcyclic() {
        slices().matching(ROOT + ".engine.(**)").should().beFreeOfCycles().check(CLASSES);
        slices().matching("io.jenkins.plugins.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    /** The staircase of docs/architecture.md, from the top: each step knows only those below. */
    @Test
    void packagesAreAStaircase() {
        List<String> steps =
                List.of("", ".durable", ".build", ".pages", ".options", ".secrets", ".config", ".agent", ".engine.");
        for (int step = 1; step < steps.size(); step++) {
            List<String> above = steps.subList(0, step);
            String own = ROOT + steps.get(step);
            noClasses()
                    .that(describe("of " + own, type -> type.getPackageName().startsWith(own)))
                    .should()
                    .dependOnClassesThat(describe(
                            "above it",
                            type -> above.stream()
                                    .anyMatch(higher -> type.getPackageName().equals(ROOT + higher))))
                    .check(CLASSES);
        }
    }

    @Test
    void thePackageOfTheFrontEndsHasNothingElse() {
        assertThat(CLASSES.stream()
                        .filter(type -> type.getPackageName().equals(ROOT) && type.isTopLevelClass())
                        .map(JavaClass::getSimpleName))
                .containsExactlyInAnyOrder(
                        "CvmfsDerivedImageStep", "CvmfsDerivedImageBuilder", "CvmfsPromoteStep", "package-info");
    }

    @Test
    void theRulesSeeTheClasses() {
        assertThat(CLASSES.stream().filter(ArchitectureTest::inEngine).count()).isGreaterThan(30);
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct())
                .contains(
                        ROOT + ".cli",
                        ROOT + ".engine.spec",
                        ROOT + ".engine.plan",
                        ROOT + ".engine.record",
                        ROOT + ".engine.shell");
    }

    @Test
    void noFileIsTooLong() throws IOException {
        List<String> tooLong = new ArrayList<>();
        int seen = 0;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                int lines = Files.readAllLines(file).size();
                seen++;
                if (lines > LINES) {
                    tooLong.add(file + " has " + lines + " lines");
                }
            }
        }
        assertThat(seen).isGreaterThan(30);
        assertThat(tooLong).isEmpty();
    }

    private static DescribedPredicate<JavaClass> outside(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }

    private static boolean inEngine(JavaClass type) {
        return type.getPackageName().startsWith(ROOT + ".engine.");
    }
}
