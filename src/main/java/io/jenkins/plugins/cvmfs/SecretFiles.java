package io.jenkins.plugins.cvmfs;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.config.CredentialsChoice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Build secrets out of Jenkins credentials: files in the private directory, which docker is told by name. */
final class SecretFiles {
    private static final String FOLDER = "secrets/";

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, String> paths = new LinkedHashMap<>();

    /** @param run in whose context the credentials are looked for */
    SecretFiles(Run<?, ?> run, List<BuildSecret> secrets) throws IOException {
        for (BuildSecret secret : secrets) {
            String path = FOLDER + paths.size();
            paths.put(secret.getId(), path);
            contents.put(path, content(run, secret));
        }
    }

    /** The files by their path in the private directory. */
    Map<String, byte[]> contents() {
        return contents;
    }

    /**
     * The secrets as docker spells them.
     *
     * @param directory the private directory's path on the agent
     */
    List<String> specs(String directory) {
        return paths.entrySet().stream()
                .map(secret -> "id=" + secret.getKey() + ",\"src=" + (directory + "/" + secret.getValue()).replace("\"", "\"\"") + "\"")
                .toList();
    }

    /** The credentials that somebody who configures {@code item} may choose as build secrets. */
    static ListBoxModel choices(Item item, String current) {
        return CredentialsChoice.of(item, current, CredentialsMatchers.anyOf(
                CredentialsMatchers.instanceOf(StringCredentials.class), CredentialsMatchers.instanceOf(FileCredentials.class)));
    }

    private static byte[] content(Run<?, ?> run, BuildSecret secret) throws IOException {
        String id = secret.getCredentialsId();
        IdCredentials credentials = CredentialsProvider.findCredentialById(id, IdCredentials.class, run, List.of());
        if (credentials == null) {
            throw new AbortException("There are no credentials with the id '" + id + "' for the build secret '" + secret.getId()
                    + "'. They were looked for in what " + run.getParent().getFullDisplayName()
                    + " may use: its folders and the global credentials, not those of scope System.");
        }
        CredentialsProvider.track(run, credentials);
        if (credentials instanceof StringCredentials text) {
            return text.getSecret().getPlainText().getBytes(StandardCharsets.UTF_8);
        }
        if (credentials instanceof FileCredentials file) {
            try (InputStream stream = file.getContent()) {
                return stream.readAllBytes();
            }
        }
        throw new AbortException("The credentials '" + id + "' of the build secret '" + secret.getId()
                + "' are of a type that is no build secret; a secret text or a secret file is.");
    }
}
