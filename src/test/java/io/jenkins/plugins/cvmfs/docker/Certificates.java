package io.jenkins.plugins.cvmfs.docker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of a test's own and the certificates that it signs, as PEM files; the JDK's keytool makes them. */
final class Certificates {
    private static final String PASSWORD = "no-secret";

    private final Path directory;

    /** @param directory where the files go */
    Certificates(Path directory) throws IOException, InterruptedException {
        this.directory = Files.createDirectories(directory);
        make("ca", "-ext", "bc:c=ca:true", "-ext", "ku=keyCertSign");
        keytool("ca", "-exportcert", "-rfc", "-file", file("ca.pem"));
    }

    /** Makes {@code NAME.pem} and {@code NAME-key.pem} for a host at 127.0.0.1. */
    void sign(String name) throws Exception {
        make(name);
        keytool(name, "-certreq", "-file", file(name + ".csr"));
        keytool(
                "ca",
                "-gencert",
                "-rfc",
                "-ext",
                "san=ip:127.0.0.1",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".pem"));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(stream, PASSWORD.toCharArray());
        }
        Key key = store.getKey(name, PASSWORD.toCharArray());
        Files.writeString(
                directory.resolve(name + "-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
    }

    /** The path of one of the files. */
    String file(String name) {
        return directory.resolve(name).toString();
    }

    private void make(String name, String... extensions) throws IOException, InterruptedException {
        List<String> words =
                new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "2"));
        words.addAll(List.of(extensions));
        keytool(name, words.toArray(String[]::new));
    }

    private void keytool(String name, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-alias", name, "-keystore", file(name + ".p12"), "-storepass", PASSWORD));
        Ran.of(new ProcessBuilder(command)).answer();
    }
}
