package io.jenkins.plugins.cvmfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.config.ClientOptions;
import io.jenkins.plugins.cvmfs.engine.options.Kind;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.options.Place;
import io.jenkins.plugins.cvmfs.options.ImageEntry;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * What an option needs besides its row in the table. Forms, snippets, configuration as code, the command line and
 * checks follow from the row and the property.
 */
class OptionsEverywhereTest {
    private static final Map<Place, Class<?>> OWNERS = Map.of(
            Place.STEP, CvmfsDerivedImageStep.class,
            Place.CLIENT, ClientOptions.class,
            Place.BUILDER, BuilderOptions.class);

    private static final Path HELP = Path.of("src/main/resources");

    @Test
    void everyOptionIsEverywhere() {
        List<String> missing = new ArrayList<>();
        for (Option option : OptionTable.all()) {
            if (option.isInJenkins()) {
                property(option, missing);
                if (!Files.exists(help(option))) {
                    missing.add(option + ": its longer help, " + help(option));
                }
                if (option.label().equals(option.name())) {
                    missing.add(option + ": a label for the form");
                }
            }
            if (!option.help().endsWith(".")) {
                missing.add(option + ": a sentence of help");
            }
        }

        assertThat(missing).isEmpty();
    }

    private static void property(Option option, List<String> missing) {
        Class<?> owner = OWNERS.get(option.place());
        String name = option.property().substring(0, 1).toUpperCase(Locale.ROOT)
                + option.property().substring(1);
        String getter = (option.kind() == Kind.FLAG ? "is" : "get") + name;
        List<Method> methods = Arrays.asList(owner.getMethods());
        if (methods.stream().noneMatch(method -> method.getName().equals(getter))) {
            missing.add(option + ": " + owner.getSimpleName() + "." + getter);
        }
        boolean bound = methods.stream()
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .anyMatch(method -> method.getName().equals("set" + name) && hasType(option, method));
        // The step's constructor takes the tags.
        if (!bound && !option.name().equals("tags")) {
            missing.add(option + ": " + owner.getSimpleName() + ".set" + name + " with @DataBoundSetter");
        }
    }

    private static boolean hasType(Option option, Method setter) {
        var type = setter.getGenericParameterTypes()[0];
        return switch (option.kind()) {
            case TEXT, SCRIPT -> type == String.class;
            case FLAG -> type == boolean.class;
            case SWITCH -> type == Boolean.class;
            case LIST, MAP ->
                type instanceof ParameterizedType list
                        && list.getRawType() == List.class
                        && (list.getActualTypeArguments()[0] == String.class) != option.isObjectInJenkins();
            case OBJECT -> type instanceof Class<?> object && OWNERS.containsValue(object);
        };
    }

    private static Path help(Option option) {
        String folder = OWNERS.get(option.place()).getName().replace('.', '/');
        return HELP.resolve(folder).resolve("help-" + option.property() + ".html");
    }

    /** One of several images says null where it says nothing, so its flags are of three states. */
    @Test
    void oneOfSeveralImagesHasTheOptionsOfAnImage() {
        for (Option option :
                OptionTable.all().stream().filter(Option::isPerImage).toList()) {
            String name = option.property().substring(0, 1).toUpperCase(Locale.ROOT)
                    + option.property().substring(1);
            Class<?> type = option.kind().hasSeveral()
                    ? List.class
                    : option.kind() == Kind.FLAG || option.kind() == Kind.SWITCH ? Boolean.class : String.class;
            assertThat(ImageEntry.class.getMethods())
                    .as(option.name())
                    .anyMatch(method -> method.getName().equals("get" + name) && method.getReturnType() == type)
                    .anyMatch(method -> method.getName().equals("set" + name)
                            && method.isAnnotationPresent(DataBoundSetter.class)
                            && method.getParameterTypes()[0] == type);
        }
        assertThat(Arrays.stream(ImageEntry.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(DataBoundSetter.class)))
                .hasSize((int)
                        OptionTable.all().stream().filter(Option::isPerImage).count());
    }

    @Test
    void everyBoundPropertyIsInTheTable() {
        OWNERS.forEach((place, owner) -> {
            Stream<String> bound = Arrays.stream(owner.getMethods())
                    .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                    .map(method -> method.getName().substring(3, 4).toLowerCase(Locale.ROOT)
                            + method.getName().substring(4));
            assertThat(OptionTable.all().stream()
                            .filter(option -> option.place() == place && option.isInJenkins())
                            .map(Option::property)
                            .filter(property -> !property.equals("tags")))
                    .as(owner.getSimpleName())
                    .containsExactlyInAnyOrderElementsOf(bound.toList());
        });
    }
}
