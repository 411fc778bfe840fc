package io.jenkins.plugins.cvmfs.engine.record;

import java.util.ArrayList;
import java.util.List;

/**
 * The state in which a CVMFS repository was mounted.
 *
 * @param name its name
 * @param revision its revision, or null where it is not known
 * @param rootHash the hash that alone names the state for ever, or null where it is not known
 */
public record MountedRepository(String name, Long revision, String rootHash) {
    private static final int FIELDS = 3;

    /**
     * Reads the image's file of lines {@code name revision hash}, in which {@code -} is unknown; other lines are left
     * out.
     */
    static List<MountedRepository> read(String text) {
        List<MountedRepository> repositories = new ArrayList<>();
        text.lines()
                .map(line -> line.split(" "))
                .filter(fields -> fields.length == FIELDS)
                .forEach(fields -> {
                    Long revision = fields[1].matches("[0-9]{1,18}") ? Long.valueOf(fields[1]) : null;
                    String hash = fields[2].matches("[0-9a-f]{40}(-[a-z0-9]+)?") ? fields[2] : null;
                    repositories.add(new MountedRepository(fields[0], revision, hash));
                });
        return repositories;
    }
}
