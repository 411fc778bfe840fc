package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.Csv;
import io.jenkins.plugins.cvmfs.engine.options.Driver;
import io.jenkins.plugins.cvmfs.engine.shell.ShellCommand;
import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Marks of builders' pods in a cluster, visible from any machine: a label that all have, and an annotation with the
 * owner of an ephemeral builder. buildx selects a builder's pods by all its labels. So the labels of a kept builder are
 * the same for every build, and a builder with a user's name, which may exist already, has none.
 */
final class ClusterMarks {
    /** The label of everything that builds create in a cluster. */
    static final String LABEL = "app.kubernetes.io/managed-by=cvmfs-derived-image";

    private static final String LABELS = "labels";
    private static final String ANNOTATIONS = "annotations";
    private static final String OWNER = "cvmfs-derived-image-owner=";

    private final BuilderSpec builder;

    ClusterMarks(BuilderSpec builder) {
        this.builder = builder;
    }

    /** Whether the builder's pods have the label. */
    static boolean mark(BuilderSpec builder) {
        return builder.driver() == Driver.KUBERNETES && (builder.name() == null || !builder.keep());
    }

    /** Adds the options of the driver. */
    void addTo(ShellCommand create, Map<String, String> given) {
        Map<String, String> options = new LinkedHashMap<>(given);
        String annotations = null;
        if (mark(builder)) {
            options.merge(LABELS, LABEL, (labels, label) -> bare(labels) + "," + label);
            annotations = builder.keep() ? null : options.remove(ANNOTATIONS);
        }
        options.forEach((name, value) -> create.option("--driver-opt", Csv.field(name + "=" + value)));
        if (mark(builder) && !builder.keep()) {
            String before = ANNOTATIONS + "=" + (annotations == null ? "" : bare(annotations) + ",") + OWNER;
            boolean quoted = !Csv.field(before).equals(before);
            String field = Csv.field(before);
            ShellWord start = ShellWord.literal(quoted ? field.substring(0, field.length() - 1) : field);
            ShellWord owner = start.plus(ShellWord.expansion("$mark"));
            create.option("--driver-opt", quoted ? owner.plus(ShellWord.literal("\"")) : owner);
        }
    }

    /** buildx also accepts such a list in quotation marks. */
    private static String bare(String list) {
        return list.replaceAll("^\"+|\"+$", "");
    }
}
