package io.jenkins.plugins.cvmfs.engine.plan;

import io.jenkins.plugins.cvmfs.engine.options.BuilderTable;
import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Sha256;
import java.util.List;

/** The names of builders that a build creates. */
final class BuilderName {
    private static final String PREFIX = BuilderTable.RESERVED_PREFIX;
    private static final int DIGITS = 12;

    private BuilderName() {}

    /**
     * The name of a kept builder: the same for the same settings, so that builds share it, and different for other
     * settings.
     */
    static String kept(BuilderSpec builder, List<String> granted) {
        return PREFIX + digest(builder, granted);
    }

    /** What tells the builders of other settings apart. */
    static String digest(BuilderSpec builder, List<String> granted) {
        String settings = String.join(
                "\n",
                builder.driver().text(),
                builder.image(),
                builder.driverOpts().toString(),
                String.valueOf(builder.configuration().orElse(null)),
                builder.buildkitdFlags().toString(),
                granted.toString());
        String endpoint = builder.endpoint() == null ? "" : "\n" + builder.endpoint();
        String marked = ClusterMarks.mark(builder) ? "\n" + ClusterMarks.LABEL : "";
        String nodes = builder.nodes().isEmpty() ? "" : "\n" + builder.nodes();
        return Sha256.of(settings + endpoint + marked + nodes).substring(0, DIGITS);
    }

    /** How the names of kept builders begin that each have one of several endpoints. */
    static String keptPool() {
        return PREFIX.substring(0, PREFIX.length() - 1);
    }

    /** The name of an ephemeral builder, unique to this build. */
    static String ephemeral(String id) {
        return PREFIX + id;
    }
}
