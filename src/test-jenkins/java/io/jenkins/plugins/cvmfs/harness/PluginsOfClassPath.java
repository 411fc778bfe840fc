package io.jenkins.plugins.cvmfs.harness;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets the test harness load every plugin whose jar is on the class path, and this one from its classes.
 *
 * <p>The harness wants plugin files. Their classes are on the class path already, so a plugin's manifest alone will do.
 */
public final class PluginsOfClassPath implements LauncherSessionListener {
    private static final String NAME = "Short-Name";

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        try {
            Path testClasses = Path.of(PluginsOfClassPath.class.getProtectionDomain().getCodeSource().getLocation().getPath());
            Path build = testClasses.getParent();
            Manifest own;
            try (var stream = Files.newInputStream(build.resolve("hpi/MANIFEST.MF"))) {
                own = new Manifest(stream);
            }
            own.getMainAttributes().putValue("Libraries", build.resolve("classes").toString());
            own.getMainAttributes().putValue("Resource-Path", build.resolve("hpi").toString());
            try (OutputStream stream = Files.newOutputStream(testClasses.resolve("the.hpl"))) {
                own.write(stream);
            }
            layDown(Files.createDirectories(testClasses.resolve("test-dependencies")));
        } catch (IOException e) {
            throw new UncheckedIOException("The plugins for the tests cannot be laid down", e);
        }
    }

    private static void layDown(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")).split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                try (JarFile jar = new JarFile(entry)) {
                    Manifest manifest = jar.getManifest();
                    String name = manifest == null ? null : manifest.getMainAttributes().getValue(NAME);
                    if (name != null && manifest.getMainAttributes().containsKey(new Attributes.Name("Plugin-Version"))) {
                        names.add(name);
                        new JarOutputStream(Files.newOutputStream(directory.resolve(name + ".jpi")), manifest).close();
                    }
                }
            }
        }
        Files.write(directory.resolve("index"), names);
    }
}
