package io.jenkins.plugins.cvmfs.engine.record;

import io.jenkins.plugins.cvmfs.engine.options.Mounts;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state in which a CVMFS repository was mounted.
 *
 * @param name its name
 * @param revision its revision, or null if unknown
 * @param rootHash the hash that permanently identifies the state, or null if unknown
 */
public record MountedRepository(String name, Long revision, String rootHash) {
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) (\\S+)");
    private static final Pattern NO_TEXT = Pattern.compile("[\\p{Cntrl}\uFFFD&&[^\\n\\r\\t]]");
    private static final String UNKNOWN = "-";

    /**
     * Reads the image's file of lines {@code name revision hash}, in which {@code -} means unknown. Lines of another
     * form are ignored.
     *
     * @throws UnreadableResultException if it is not text, a line has an invalid name, revision or hash, or there are
     *     too many lines
     */
    static List<MountedRepository> read(String text) throws UnreadableResultException {
        String file = ResultFile.REPOSITORIES.fileName();
        if (NO_TEXT.matcher(text).find()) {
            throw new UnreadableResultException(file, "the image has something else than text in it");
        }
        List<MountedRepository> repositories = new ArrayList<>();
        for (String line : text.split("\\R")) {
            Matcher fields = LINE.matcher(line);
            if (!fields.matches()) {
                continue;
            }
            if (!Mounts.isRepository(fields.group(1))) {
                throw Grammar.invalid(file, "repository", fields.group(1), "a name such as cms.cern.ch");
            }
            String revision = known(file, "revision", fields.group(2), Grammar.REVISION);
            String hash = known(file, "root hash", fields.group(3), Grammar.ROOT_HASH);
            repositories.add(
                    new MountedRepository(fields.group(1), revision == null ? null : Long.valueOf(revision), hash));
            if (repositories.size() > Grammar.ENTRIES) {
                throw Grammar.tooMany(file, "repositories");
            }
        }
        return repositories;
    }

    private static String known(String file, String field, String text, Grammar grammar)
            throws UnreadableResultException {
        return text.equals(UNKNOWN) ? null : grammar.held(file, field, text);
    }
}
