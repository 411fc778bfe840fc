package io.jenkins.plugins.cvmfs.engine.record;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file or directory that an output of a build wrote.
 *
 * @param output the output as requested
 * @param path its path as requested
 * @param size size in bytes; for a directory, that of its files
 * @param sha256 64 hexadecimal digits, or null for a directory
 */
public record OutputFile(String output, String path, long size, String sha256) {
    private static final String FILE = "outputs";
    private static final Pattern LINE = Pattern.compile("([0-9]{1,4}) (-|[0-9a-f]{64}) ([0-9]{1,18})");

    /**
     * Reads what the script recorded: the number of the output, its sha256 and its size, one per line.
     *
     * @param asked the requested outputs with their paths
     * @throws UnreadableResultException if a line is of another form
     */
    static List<OutputFile> read(String text, List<Asked> asked) throws UnreadableResultException {
        List<OutputFile> files = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher told = LINE.matcher(line);
            if (!told.matches() || Integer.parseInt(told.group(1)) >= asked.size()) {
                throw new UnreadableResultException(FILE, "a line is not of the form NUMBER SHA256 SIZE");
            }
            Asked of = asked.get(Integer.parseInt(told.group(1)));
            String sha256 = told.group(2).equals("-") ? null : told.group(2);
            files.add(new OutputFile(of.output(), of.path(), Long.parseLong(told.group(3)), sha256));
        }
        return files;
    }

    /** An output that writes to a path. */
    record Asked(String output, String path) {}
}
