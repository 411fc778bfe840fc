package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;

/**
 * The commands with which people use an image, for a shell. They name it by its digest where it has one.
 *
 * @param pull gets it, or null if it was not pushed
 * @param run starts it, with what mounting its CVMFS repositories needs
 * @param apptainer gets it as a file of Apptainer, or null if it was not pushed
 */
public record PullCommands(String pull, String run, String apptainer) {
    /** The commands for one tag of a record. */
    public static PullCommands of(ImageRecord record, TaggedImage image) {
        boolean pushed = image.reference() != null;
        String name =
                ShellWord.literal(pushed ? image.reference() : image.tag()).render();
        String mounts = record.mounts() == null || record.mounts().isEmpty()
                ? ""
                : "-e " + ShellWord.literal("CVMFS_MOUNTS=" + record.mounts()) + " ";
        return new PullCommands(
                pushed ? "docker pull " + name : null,
                "docker run --rm -it --device /dev/fuse --cap-add SYS_ADMIN " + mounts + name,
                pushed ? "apptainer pull " + ShellWord.literal("docker://" + image.reference()) : null);
    }
}
