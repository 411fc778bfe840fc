package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.flag;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.Option.FrontEnd;
import java.util.List;

/** Options for several images in one call. */
public final class SeveralTable {
    /** The default of images built at the same time. */
    public static final int AT_ONCE = 2;

    public static final Option IMAGES = list(
                    Group.IMAGES,
                    "images",
                    "Several images, each with a name and its own options. Everything else comes from the call.")
            .label("Images")
            .commandLine("--images-file")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .objectsInJenkins()
            .advanced()
            .option();

    public static final Option PARALLEL = text(
                    Group.IMAGES, "parallel", "How many of several images to build at the same time.")
            .label("Images at the same time")
            .placeholder("NUMBER")
            .byDefault(String.valueOf(AT_ONCE))
            .only(FrontEnd.JENKINS)
            .allows(Grammar.of("[1-9]|[1-5]\\d|6[0-4]", "a number from 1 to 64"))
            .ofFrontEnd()
            .advanced()
            .option();

    public static final Option PUSH_TOGETHER = flag(
                    Group.IMAGES, "pushTogether", "Push no image before all of several images are built.")
            .label("Push all or none")
            .only(FrontEnd.JENKINS)
            .ofFrontEnd()
            .advanced()
            .option();

    static final List<Option> ALL = List.of(IMAGES, PARALLEL, PUSH_TOGETHER);

    private SeveralTable() {}
}
