package io.jenkins.plugins.cvmfs.engine;

import io.jenkins.plugins.cvmfs.engine.options.Option;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpecBuilder;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import io.jenkins.plugins.cvmfs.engine.spec.WorkspaceFiles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Descriptions to begin a test with. */
public final class Specs {
    public static final String TAG = "example.org/image:1";

    private Specs() {}

    /** The least that describes an image; its source is a Dockerfile. */
    public static ImageSpecBuilder dockerfile() {
        return new ImageSpecBuilder().tags(List.of(TAG));
    }

    /** The least that describes an image whose source is a setup script. */
    public static ImageSpecBuilder setup() {
        return dockerfile().setup("echo hello");
    }

    /** The least that describes an image of the commit strategy. */
    public static ImageSpecBuilder commit() {
        return setup().strategy("commit");
    }

    /** The image that must be described without mistake; every file is taken for granted. */
    public static ImageSpec valid(ImageSpecBuilder options) {
        try {
            return options.build(WorkspaceFiles.UNCHECKED);
        } catch (InvalidSpecException e) {
            throw new AssertionError("refused, but should not be: " + e.getMessage(), e);
        }
    }

    /** The names of all options that describe an image. */
    public static Set<String> options() {
        return OptionTable.all().stream()
                .filter(Option::isOfImage)
                .map(Option::name)
                .collect(Collectors.toSet());
    }
}
