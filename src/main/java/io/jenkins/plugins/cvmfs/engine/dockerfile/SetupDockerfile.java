package io.jenkins.plugins.cvmfs.engine.dockerfile;

import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import io.jenkins.plugins.cvmfs.engine.spec.Source;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Dockerfile that runs a setup script in one RUN with CVMFS mounted.
 *
 * <p>Its build context holds {@link #SETUP} and {@link #DERIVE}; both are bind mounts of the RUN, so the image contains
 * neither.
 */
public final class SetupDockerfile {
    /** Name of the setup script in the build context. */
    public static final String SETUP = "setup";

    /** Name of the script in the build context that mounts CVMFS and then runs the setup script. */
    public static final String DERIVE = "derive";

    private static final String IMAGE = "cvmfs-derived-image";
    private static final String BOUND_AT = "/run/cvmfs-derived-image";
    private static final Pattern SECRET_ID = Pattern.compile("(?:^|,)id=([^,]+)");

    private SetupDockerfile() {}

    /** The Dockerfile's text. */
    public static String text(ImageSpec spec, Source.Setup source) {
        StringBuilder text = new StringBuilder("# syntax=" + frontend(spec) + "\n\n");
        text.append("FROM ")
                .append(source.baseImage())
                .append(spec.mounts().any() ? " AS " + IMAGE : "")
                .append("\n\nUSER root\n\n");
        text.append("ARG ARG_CVMFS_MOUNTS\nARG ARG_MY_UID\nARG ARG_MY_GID\n");
        text.append("ENV CVMFS_MOUNTS=$ARG_CVMFS_MOUNTS\nENV MY_UID=$ARG_MY_UID\nENV MY_GID=$ARG_MY_GID\n");
        spec.options()
                .buildArgs()
                .keySet()
                .forEach(name -> text.append("ARG ").append(name).append('\n'));
        text.append("\nRUN ");
        boolean mounts = !spec.mounts().text().equals("none");
        if (spec.readsHost() && mounts) {
            text.append(CvmfsDevice.FLAG).append(' ');
        } else if (spec.insecure() && mounts) {
            text.append("--security=insecure ");
        }
        text.append("--mount=type=bind,target=").append(BOUND_AT).append(" \\\n");
        if (hasCache(spec)) {
            // Private: concurrent builds get separate caches instead of waiting for one another.
            text.append("    --mount=type=cache,id=cvmfs-derived-image,sharing=private,target=")
                    .append(spec.client().cacheDirectory())
                    .append(" \\\n");
        }
        spec.options().secrets().forEach(secret -> mount(text, "secret", secretId(secret)));
        spec.options().ssh().forEach(ssh -> mount(text, "ssh", ssh.split("=", 2)[0]));
        text.append("    [\"/bin/bash\", \"")
                .append(BOUND_AT)
                .append('/')
                .append(DERIVE)
                .append("\", \"")
                .append(spec.client().cacheDirectory())
                .append("\"]\n");
        if (spec.mounts().any()) {
            text.append('\n')
                    .append(RevisionStage.of(IMAGE))
                    .append("\nFROM ")
                    .append(IMAGE)
                    .append('\n');
        }
        return text.toString();
    }

    /** The text of {@link #DERIVE}, for bash. */
    public static String derive(ImageSpec spec) {
        return MountScript.derive(spec);
    }

    /** Whether the Dockerfile has a cache mount for the client. A build that may not mount does not fill it. */
    public static boolean hasCache(ImageSpec spec) {
        return spec.insecure() && spec.mounts().any();
    }

    private static String frontend(ImageSpec spec) {
        return spec.readsHost() ? CvmfsDevice.FRONTEND : "docker/dockerfile:1";
    }

    private static void mount(StringBuilder text, String type, String id) {
        text.append("    --mount=type=").append(type).append(",id=").append(id).append(" \\\n");
    }

    private static String secretId(String secret) {
        Matcher matcher = SECRET_ID.matcher(secret);
        return matcher.find() ? matcher.group(1) : "";
    }
}
