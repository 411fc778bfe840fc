package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.CvmfsDerivedImageStep;
import io.jenkins.plugins.cvmfs.engine.options.BuildTable;
import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.options.GivenOptions;
import io.jenkins.plugins.cvmfs.engine.options.ImageTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of the objects that Jenkins binds and saves. */
class BoundOptionsTest {
    private final GivenOptions given = new GivenOptions();

    @Test
    void aVariableAddsNoField() {
        CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a:$V"));
        step.setOutputs(List.of("type=oci,dest=img-$V.tar"));
        step.setBuildArgs(List.of("A=$V"));
        step.setSsh(List.of("k=$V"));
        BoundOptions.give(given, Place.STEP, step, text -> text.replace("$V", "1,dest=/etc/x"));

        assertThat(given.list(BuildTable.OUTPUTS)).containsExactly("type=oci,\"dest=img-1,dest=/etc/x.tar\"");
        assertThat(given.map(BuildTable.BUILD_ARGS)).isEqualTo(Map.of("A", "1,dest=/etc/x"));
        assertThat(given.list(ImageTable.TAGS)).containsExactly("a:1,dest=/etc/x");
        assertThat(given.malformed())
                .containsExactly(
                        new Problem("ssh", "k=$V", "a variable in it has a value that would become another field"));
    }

    /** Jenkins restores saved objects without their constructors, with what the file has. */
    @Test
    void aSavedJobWithoutAFlagHasItsDefault() throws Exception {
        CvmfsDerivedImageStep step = restored(CvmfsDerivedImageStep.class);
        BuilderOptions builder = restored(BuilderOptions.class);

        assertThat(step.isInsecure()).isTrue();
        assertThat(step.isWipeCache()).isTrue();
        assertThat(step.isDockerfileChecks()).isTrue();
        assertThat(step.isPush()).isFalse();
        assertThat(builder.isKeep()).isTrue();
        BoundOptions.give(given, Place.STEP, step, text -> text);
        BoundOptions.give(given, Place.BUILDER, builder, text -> text);
        assertThat(given.flag(ImageTable.INSECURE)).isTrue();
        assertThat(given.flag(BuilderTable.KEEP)).isTrue();
    }

    /** javac warns of the type that serialization and XStream make objects by. */
    private static <T> T restored(Class<T> type) throws Exception {
        Class<?> factory = Class.forName("sun.reflect.ReflectionFactory");
        Object instance = factory.getMethod("getReflectionFactory").invoke(null);
        Constructor<?> constructor =
                (Constructor<?>) factory.getMethod("newConstructorForSerialization", Class.class, Constructor.class)
                        .invoke(instance, type, Object.class.getDeclaredConstructor());
        return type.cast(constructor.newInstance());
    }
}
