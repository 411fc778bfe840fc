package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

/**
 * The text below an instruction.
 *
 * @param name the word that ends it
 * @param expand whether variables in it are replaced, because its name is not quoted
 * @param chomp whether leading tabs of its lines are removed, {@code <<-}
 * @param content its lines, unchanged
 */
public record Heredoc(String name, boolean expand, boolean chomp, String content) {}
