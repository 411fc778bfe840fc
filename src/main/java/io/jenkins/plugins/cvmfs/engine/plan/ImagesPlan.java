package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.dockerfile.DockerfileText;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.options.Problem;
import io.jenkins.plugins.cvmfs.engine.options.SeveralImages;
import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The plan of one call: one script, which for several images runs one script for each, a limited number at a time. Each
 * image has its own folder of files and results.
 *
 * @param images the images, in order
 * @param files all files to write, the script first
 */
public record ImagesPlan(List<PlannedImage> images, List<PlannedFile> files) {
    private static final String FOLDER = "images/";

    /**
     * One image.
     *
     * @param name its name among several images; empty for the only one
     * @param plan its plan
     */
    public record PlannedImage(String name, BuildPlan plan) {}

    /**
     * The description of one image.
     *
     * @param dockerfile the Dockerfile; empty for a setup script or a remote context
     */
    public record Wanted(String name, ImageSpec spec, Optional<DockerfileText> dockerfile) {}

    /** The only image of a call. */
    public static ImagesPlan of(BuildPlan plan) {
        return new ImagesPlan(List.of(new PlannedImage("", plan)), plan.files());
    }

    /**
     * Several images.
     *
     * @param id distinguishes this call's containers and builders from others
     * @param atOnce how many are built at the same time
     * @param pushTogether whether none is pushed before all are built
     */
    public static ImagesPlan of(List<Wanted> wanted, String id, int atOnce, boolean pushTogether) {
        Script script = new Script(wanted.size() + " images, " + Math.min(atOnce, wanted.size()) + " at a time"
                + (pushTogether ? ", pushed when all are built" : ""));
        Optional<String> builder = builder(script, wanted, id);
        List<PlannedImage> images = new ArrayList<>();
        List<PlannedFile> files = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Wanted image = wanted.get(i);
            String own = id + "-" + (i + 1);
            Role role = new Role(false, pushTogether && isHeld(image), builder.orElse(null));
            BuildPlan plan = BuildPlan.of(image.spec(), own, image.dockerfile(), role);
            if (role.held() && isKept(image.spec())) {
                script.call(ShellCommand.of("own", "image").word(SmokeTest.name(own)));
            }
            images.add(new PlannedImage(image.name(), plan));
            plan.files()
                    .forEach(file -> files.add(new PlannedFile(
                            folder(image.name()) + "/" + file.path(), file.content(), file.executable())));
        }
        if (pushTogether) {
            script.set("together", "yes");
        }
        String lanes = Integer.toString(Math.min(atOnce, wanted.size()));
        script.call(ShellCommand.of("build_images", lanes).words(names(wanted, image -> true)));
        List<ShellWord> held = names(wanted, image -> pushTogether && isHeld(image));
        if (!held.isEmpty()) {
            script.call(ShellCommand.of("push_images", lanes).words(held));
        }
        script.call(ShellCommand.of("end_images"));
        files.add(0, new PlannedFile(BuildPlan.SCRIPT, script.text(), true));
        files.addAll(script.files());
        files.add(new PlannedFile(ShellLibrary.FILE, ShellLibrary.text(), false));
        return new ImagesPlan(List.copyOf(images), List.copyOf(files));
    }

    /** The mistakes of the images together. */
    public static List<Problem> clashes(List<Wanted> wanted) {
        return SeveralImages.clashes(
                wanted.stream().map(Wanted::name).toList(),
                wanted.stream().map(image -> image.spec().tags()).toList());
    }

    /** The folder of an image's files and results in the private directory; empty for the only one of a call. */
    public static String folder(String name) {
        return name.isEmpty() ? "" : FOLDER + name;
    }

    /** Whether there are several. */
    public boolean isSeveral() {
        return images.size() > 1 || !images.get(0).name().isEmpty();
    }

    private static boolean isHeld(Wanted image) {
        return image.spec().push() && image.spec().options().makesImage();
    }

    /** Until it is pushed, such an image has a private name in the engine. */
    private static boolean isKept(ImageSpec spec) {
        return spec.strategy() == Strategy.COMMIT || spec.smokeTest() != null;
    }

    /**
     * An ephemeral builder is created once for the whole call. Others exist, or are created by the first image that
     * needs them. Of several endpoints, each image has its own.
     */
    private static Optional<String> builder(Script script, List<Wanted> wanted, String id) {
        List<BuildxPlan> plans = wanted.stream()
                .filter(image -> image.spec().strategy() == Strategy.BUILDX
                        && image.spec().builder().driver() != Driver.DOCKER
                        && image.spec().builder().made()
                        && !BuilderScript.isPool(image.spec().builder())
                        && !image.spec().builder().keep())
                .map(image -> new BuildxPlan(image.spec(), id, image.dockerfile(), Role.ALONE))
                .filter(plan -> plan.driver() != Driver.DOCKER)
                .toList();
        if (plans.isEmpty()) {
            return Optional.empty();
        }
        Set<String> granted = new LinkedHashSet<>();
        plans.forEach(plan -> granted.addAll(plan.granted()));
        BuilderScript builder = new BuilderScript(plans.get(0).containerBuilder(), List.copyOf(granted), id);
        builder.addTo(script, true);
        ShellCommand make = ShellCommand.of("make_shared");
        if (plans.stream().allMatch(plan -> plan.need().isPresent())) {
            plans.stream()
                    .flatMap(plan -> plan.need().stream())
                    .distinct()
                    .sorted()
                    .forEach(make::word);
        }
        script.call(make);
        return Optional.of(builder.name());
    }

    private static List<ShellWord> names(List<Wanted> wanted, Predicate<Wanted> which) {
        return wanted.stream()
                .filter(which)
                .map(image -> ShellWord.literal(image.name()))
                .toList();
    }

    /**
     * The files that would be written, for display.
     *
     * @param library whether to include the files that are the same for every build
     */
    public String render(boolean library) {
        return isSeveral()
                ? BuildPlan.render(files, library)
                : images.get(0).plan().render(library);
    }
}
