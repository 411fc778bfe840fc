package io.jenkins.plugins.cvmfs.engine.options;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The images of one call. Each has the options of the call, except those it sets itself: lists are replaced, maps
 * merged by name.
 *
 * @param images by name, in order
 * @param atOnce how many are built at the same time
 * @param pushTogether whether none is pushed before all are built
 */
public record SeveralImages(List<Named> images, int atOnce, boolean pushTogether) {
    private static final Grammar NAME = Grammar.of(
            "[A-Za-z0-9][A-Za-z0-9_.-]{0,39}",
            "up to 40 letters, digits, '.', '_' and '-', the first a letter or digit");

    /** Limit of images in one call. */
    private static final int MOST = 64;

    /** The options of a setup script as the source. Other source options belong to a Dockerfile. */
    private static final List<Option> SETUP =
            List.of(ImageTable.SETUP, ImageTable.SETUP_FILE, ImageTable.SETUP_URL, ImageTable.SETUP_SHA256);

    private static final List<Option> DOCKERFILE =
            List.of(ImageTable.DOCKERFILE, ImageTable.CONTEXT, ImageTable.TARGET, BuildTable.GIT_CREDENTIALS);

    /**
     * One image.
     *
     * @param name its name among the images
     * @param own the options that it sets itself
     */
    public record Named(String name, GivenOptions own) {
        /** All its options. */
        public GivenOptions in(GivenOptions call) {
            GivenOptions all = own.copy();
            all.complete(call.without(OptionTable.all().stream()
                    .filter(option -> isOfOtherSource(option) || isOfOtherStrategy(option))
                    .toList()));
            return all;
        }

        private boolean isOfOtherSource(Option option) {
            return SETUP.stream().anyMatch(own::has)
                    ? SETUP.contains(option) || DOCKERFILE.contains(option)
                    : DOCKERFILE.stream().anyMatch(own::has) && SETUP.contains(option);
        }

        /** The call's options are meant for its own strategy. */
        private boolean isOfOtherStrategy(Option option) {
            return Strategy.of(own.text(ImageTable.STRATEGY))
                    .filter(strategy -> !option.goesWith(strategy))
                    .isPresent();
        }
    }

    /**
     * Reads the images, with the mistakes of the call itself.
     *
     * @param call the call's own options
     * @param problems takes the mistakes
     */
    public static SeveralImages of(List<Named> images, GivenOptions call, List<Problem> problems) {
        Set<String> names = new HashSet<>();
        List<Named> named = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            String name = images.get(i).name();
            if (name == null || name.isBlank()) {
                problems.add(Problem.of("Missing name of image " + (i + 1) + ": each of several images needs one"));
                continue;
            }
            Optional<String> wrong = NAME.problem(name);
            if (wrong.isPresent()) {
                problems.add(new Problem("name", name, wrong.get()));
            } else if (!names.add(name.toLowerCase(Locale.ROOT))) {
                problems.add(new Problem("name", name, "another image of this call has this name; each needs its own"));
            }
            named.add(images.get(i));
        }
        if (images.size() > MOST) {
            problems.add(new Problem(
                    SeveralTable.IMAGES.name(),
                    images.size() + " images",
                    "expected at most " + MOST + "; make several calls"));
        }
        String atOnce = call.text(SeveralTable.PARALLEL);
        Problems ofNumber = new Problems();
        boolean numbered = ofNumber.matches(
                SeveralTable.PARALLEL, atOnce, SeveralTable.PARALLEL.grammar().orElseThrow());
        problems.addAll(ofNumber.found());
        return new SeveralImages(
                List.copyOf(named),
                atOnce == null || !numbered ? SeveralTable.AT_ONCE : Integer.parseInt(atOnce),
                call.flag(SeveralTable.PUSH_TOGETHER));
    }

    /**
     * The mistakes of the images together: no two may have the same tag.
     *
     * @param tags of each image, in the order of the images
     */
    public static List<Problem> clashes(List<String> names, List<List<ImageReference>> tags) {
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (ImageReference tag : tags.get(i)) {
                int same = i;
                IntStream.range(0, same)
                        .filter(other -> tags.get(other).contains(tag))
                        .findFirst()
                        .ifPresent(other -> problems.add(new Problem(
                                        ImageTable.TAGS.name(),
                                        tag.toString(),
                                        "image '" + names.get(other) + "' has this tag, too; give each its own")
                                .in(names.get(same))));
            }
        }
        return problems;
    }
}
