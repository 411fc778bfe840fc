package io.jenkins.plugins.cvmfs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import hudson.model.Item;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.verb.POST;

/** Nothing is asked over the web but with POST, and of whoever may ask. */
class WebMethodsTest {
    private static final String ROOT = "io.jenkins.plugins.cvmfs";
    private static final Set<String> CHECKS =
            Set.of("checkPermission", "hasPermission", "checkAnyPermission", "hasAnyPermission");

    private static final DescribedPredicate<JavaMethod> WEB_METHOD = DescribedPredicate.describe(
            "are reached over the web",
            method -> method.getModifiers().contains(JavaModifier.PUBLIC)
                    && (method.getName().matches("do[A-Z].*")
                            || method.getAnnotations().stream().anyMatch(WebMethodsTest::isStaplers)));

    private static final ArchRule RULE = methods().that(WEB_METHOD).should(askWithPostWhoeverMay());

    private static boolean isStaplers(JavaAnnotation<?> annotation) {
        String type = annotation.getRawType().getName();
        return type.startsWith("org.kohsuke.stapler.verb.")
                || type.startsWith("org.kohsuke.stapler.interceptor.")
                || type.equals("org.kohsuke.stapler.WebMethod")
                || type.equals("org.kohsuke.stapler.bind.JavaScriptMethod");
    }

    private static ArchCondition<JavaMethod> askWithPostWhoeverMay() {
        return new ArchCondition<>("be asked with POST, and check a permission") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                if (!method.isAnnotatedWith("org.kohsuke.stapler.verb.POST")) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " has no @POST"));
                }
                if (!checks(method, new HashSet<>())) {
                    events.add(SimpleConditionEvent.violated(method, method.getFullName() + " checks no permission"));
                }
            }
        };
    }

    /** Whether a method, or one of ours that it calls, asks for a permission. */
    private static boolean checks(JavaCodeUnit unit, Set<JavaCodeUnit> seen) {
        if (!seen.add(unit)) {
            return false;
        }
        for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
            if (CHECKS.contains(call.getTarget().getName())
                    && !call.getTargetOwner().getPackageName().startsWith(ROOT)) {
                return true;
            }
            if (call.getTargetOwner().getPackageName().startsWith(ROOT)
                    && call.getTarget()
                            .resolveMember()
                            .map(called -> checks(called, seen))
                            .orElse(false)) {
                return true;
            }
        }
        return false;
    }

    private static JavaClasses ours() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT);
    }

    @Test
    void everyWebMethodRequiresPostAndChecksAPermission() {
        JavaClasses classes = ours();
        assertThat(classes.stream().flatMap(type -> type.getMethods().stream()).filter(WEB_METHOD))
                .hasSizeGreaterThan(12);
        RULE.check(classes);
    }

    @Test
    void theRuleFindsWhatItForbids() {
        JavaClasses bad = new ClassFileImporter().importClasses(Bad.class, Good.class);

        List<String> found = RULE.evaluate(bad).getFailureReport().getDetails();
        assertThat(found).hasSize(4);
        assertThat(Stream.of(
                        "doCheckGet(java.lang.String) has no @POST",
                        "doFillNamesItems(hudson.model.Item) checks no permission",
                        "doAll() has no @POST",
                        "doAll() checks no permission"))
                .allMatch(text -> found.stream().anyMatch(line -> line.contains("Bad." + text)));
    }

    /** Web methods as they may not be. */
    @SuppressWarnings("unused")
    static class Bad {
        public String doCheckGet(String value) {
            Jenkins.get().hasPermission(Jenkins.ADMINISTER);
            return value;
        }

        @POST
        public String doFillNamesItems(Item item) {
            return String.valueOf(item);
        }

        public void doAll() {
            doNothing();
        }

        private void doNothing() {}
    }

    /** Web methods as they may be. */
    @SuppressWarnings("unused")
    static class Good {
        @POST
        public boolean doCheck(Item item) {
            return may(item);
        }

        private static boolean may(Item item) {
            return item.hasPermission(Item.CONFIGURE);
        }

        public boolean done() {
            return true;
        }
    }
}
