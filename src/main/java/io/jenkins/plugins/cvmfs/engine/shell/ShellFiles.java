package io.jenkins.plugins.cvmfs.engine.shell;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Shell text from this project's resource files. */
public final class ShellFiles {
    private ShellFiles() {}

    /**
     * The concatenated texts of files.
     *
     * @param owner the class whose package the names are relative to
     * @throws IllegalArgumentException if there is no such file
     */
    public static String read(Class<?> owner, String... names) {
        return Arrays.stream(names).map(name -> read(owner, name)).collect(Collectors.joining("\n"));
    }

    private static String read(Class<?> owner, String name) {
        try (InputStream stream = owner.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalArgumentException("no file " + name + " beside " + owner.getName());
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + " beside " + owner.getName(), e);
        }
    }
}
