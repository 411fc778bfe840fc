package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.shell.ShellWord;

/**
 * Shell commands with which people use an image. They refer to its digest if it has one.
 *
 * @param pull pulls it, or null if it was not pushed
 * @param run starts it, with the options that mounting its CVMFS repositories needs
 * @param apptainer pulls it as an Apptainer file, or null if it was not pushed
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
