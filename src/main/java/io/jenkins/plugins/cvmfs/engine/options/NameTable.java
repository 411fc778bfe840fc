package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import java.util.List;

/** Tags, labels and annotations generated from what the run knows about itself. */
public final class NameTable {
    public static final Option TAG_RULES = list(
                    Group.IMAGE,
                    "tagRules",
                    "Rules that generate tags for each image name without a tag, such as type=ref,event=branch or "
                            + "type=semver,pattern={{version}}.")
            .label("Tag rules")
            .placeholder("RULE")
            .commandLine("--tag-rule")
            .allows(Grammar.of(rule -> TagRule.parse(rule).isPresent(), TagRule.GRAMMAR))
            .expands(Expansion.ROW)
            .advanced()
            .option();

    public static final Option OCI_METADATA = text(
                    Group.IMAGE,
                    "ociMetadata",
                    "Add metadata of the run to the image: source, revision, created, url, version, base image and "
                            + "CVMFS repositories, as labels, annotations or all.")
            .label("Labels and annotations of the run")
            .placeholder("KIND")
            .byDefault("none")
            .oneOf("none", "labels", "annotations", "all")
            .advanced()
            .option();

    static final List<Option> ALL = List.of(TAG_RULES, OCI_METADATA);

    private NameTable() {}
}
