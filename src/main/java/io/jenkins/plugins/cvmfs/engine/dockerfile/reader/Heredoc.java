package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

/**
 * Text that an instruction has below itself.
 *
 * @param name what ends it
 * @param expand whether variables in it are replaced: its name was not quoted
 * @param chomp whether tabs before its lines are left out, {@code <<-}
 * @param content its lines as they are
 */
public record Heredoc(String name, boolean expand, boolean chomp, String content) {}
