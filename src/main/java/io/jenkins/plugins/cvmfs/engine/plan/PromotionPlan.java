package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan that adds tags to an image in a registry, with a script as in {@link BuildPlan}.
 *
 * @param source the image, by its digest
 * @param tags the tags to add
 * @param steps the commands, in order
 * @param files all files to write, the script first
 */
public record PromotionPlan(
        ImageReference source, List<ImageReference> tags, List<Step> steps, List<PlannedFile> files) {
    private static final String CREATE = "create_tags";

    /**
     * Plans a promotion.
     *
     * @throws IllegalArgumentException if the source has no digest
     */
    public static PromotionPlan of(ImageReference source, List<ImageReference> tags) {
        if (source.digest() == null) {
            throw new IllegalArgumentException("an image is promoted by its digest");
        }
        Script script = new Script(tags.get(0) + " and other names for " + source.digest());
        script.set("kind", "docker");
        script.call(ShellCommand.of("needs", "buildx", "0.15", "promote", "update it"));
        ShellCommand create = ShellCommand.of("docker", "buildx", "imagetools", "create")
                .option("--builder", ShellWord.expansion("$builder"))
                // Otherwise an image that is not an index would be wrapped in one, with another digest.
                .word("--prefer-index=false");
        tags.forEach(tag -> create.option("--tag", tag.toString()));
        create.word("--").word(new ImageReference(source.name(), null, source.digest()).toString());
        script.function(CREATE, List.of(create));
        script.step(Phase.PUBLISH, "Add the further tags", create.words()).call(ShellCommand.of("promote", CREATE));
        for (ImageReference tag : tags) {
            ShellCommand inspect = ShellCommand.of("docker", "buildx", "imagetools", "inspect")
                    .option("--builder", ShellWord.expansion("$builder"))
                    .word("--raw")
                    .word(tag.toString());
            script.step(Phase.PUBLISH, "Check that the registry has that digest", inspect.words())
                    .call(ShellCommand.of("promoted", source.digest()).word(tag.toString()));
        }
        List<PlannedFile> files = new ArrayList<>();
        files.add(new PlannedFile(BuildPlan.SCRIPT, script.text(), true));
        files.add(new PlannedFile(ShellLibrary.FILE, ShellLibrary.text(), false));
        return new PromotionPlan(source, List.copyOf(tags), List.copyOf(script.steps()), List.copyOf(files));
    }

    /** The script's text. */
    public String script() {
        return files.get(0).content();
    }
}
