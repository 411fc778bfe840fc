package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.engine.spec.GitContext;
import io.jenkins.plugins.cvmfs.options.BuildSettings;
import io.jenkins.plugins.cvmfs.secrets.BuildSecret;
import io.jenkins.plugins.cvmfs.secrets.SecretContents;
import io.jenkins.plugins.cvmfs.secrets.SshKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Build secrets, ssh keys and the client certificate of a builder from Jenkins credentials, as files in the private
 * directory that docker gets by name.
 */
public final class SecretFiles {
    private static final String FOLDER = "secrets/";
    private static final byte[] NOTHING = {};

    /** Any other character could turn the id into another field of the value that docker reads. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.-]+");

    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final List<Map.Entry<String, String>> secrets = new ArrayList<>();
    private final List<Map.Entry<String, List<String>>> keys = new ArrayList<>();
    private final Map<String, String> certificates = new LinkedHashMap<>();
    private final List<Map.Entry<String, String>> git = new ArrayList<>();
    private final List<byte[]> hidden = new ArrayList<>();

    private SecretFiles() {}

    /**
     * The files before credentials are fetched, with names and paths but no contents. Used to check a description,
     * which shows what the build asks for.
     *
     * @param builder the builder that the build uses, or null
     * @throws AbortException if docker would read the name of a secret or key as more than a name
     */
    static SecretFiles announced(BuildSettings options, BuilderOptions builder) throws AbortException {
        for (BuildSecret secret : options.getSecrets()) {
            requireId("secrets", secret.getId());
        }
        for (SshKey key : options.getSshKeys()) {
            requireId("sshKeys", key.getId());
        }
        SecretFiles files = new SecretFiles();
        if (builder != null && builder.getCredentialsId() != null) {
            announcedCertificates(builder).forEach(name -> files.certificates.put(name, files.add(NOTHING)));
        }
        options.getSecrets().forEach(secret -> files.secrets.add(Map.entry(secret.getId(), files.add(NOTHING))));
        if (options.getGitCredentialsId() != null) {
            files.git.add(Map.entry(GitContext.HEADER, files.add(NOTHING)));
        }
        options.getSshKeys().forEach(key -> files.keys.add(Map.entry(key.getId(), List.of(files.add(NOTHING)))));
        return files;
    }

    private static void requireId(String option, String id) throws AbortException {
        if (id == null || !ID.matcher(id).matches()) {
            throw new AbortException("Invalid id '" + id + "' in " + option
                    + ": expected letters, digits, '.', '_' and '-', such as default");
        }
    }

    /**
     * Which files the credentials contain is known once they are fetched. Files named by the builder itself are not
     * ours.
     */
    private static List<String> announcedCertificates(BuilderOptions builder) {
        Set<String> named = builder.getDriverOpts().stream()
                .map(option -> option.split("=", 2)[0])
                .collect(Collectors.toSet());
        if (named.contains("cert") || named.contains("key")) {
            return named.contains("cacert") ? List.of() : List.of("cacert");
        }
        return List.of("cert", "key");
    }

    /**
     * The files with their contents. The use of the credentials is tracked.
     *
     * @param run the run for which the credentials are looked up
     * @param builder the builder that the build uses, or null
     */
    static SecretFiles fetched(Run<?, ?> run, BuildSettings options, BuilderOptions builder) throws IOException {
        SecretFiles files = new SecretFiles();
        String certificate = builder == null ? null : builder.getCredentialsId();
        if (certificate != null) {
            for (SecretContents.Content content : SecretContents.certificate(run, certificate)) {
                files.certificates.put(content.name(), files.add(content));
            }
        }
        for (BuildSecret secret : options.getSecrets()) {
            for (SecretContents.Content content : SecretContents.of(run, secret)) {
                files.secrets.add(Map.entry(content.name(), files.add(content)));
            }
        }
        String git = options.getGitCredentialsId();
        if (git != null) {
            SecretContents.Content login = SecretContents.git(run, git);
            files.git.add(Map.entry(login.name(), files.add(login)));
        }
        for (SshKey key : options.getSshKeys()) {
            List<String> paths = new ArrayList<>();
            for (byte[] content : SecretContents.of(run, key)) {
                paths.add(files.add(content));
                files.hidden.add(content);
            }
            files.keys.add(Map.entry(key.getId(), paths));
        }
        return files;
    }

    private String add(SecretContents.Content content) {
        if (content.hidden()) {
            hidden.add(content.bytes());
        }
        return add(content.bytes());
    }

    private String add(byte[] content) {
        String path = FOLDER + contents.size();
        contents.put(path, content);
        return path;
    }

    /** The files by their path in the private directory. */
    Map<String, byte[]> contents() {
        return contents;
    }

    /** The texts to mask in the log. Binary contents never appear in a log. */
    List<String> hidden() {
        return hidden.stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * The secrets as arguments of docker.
     *
     * @param directory the private directory's path on the agent
     */
    List<String> secretSpecs(String directory) {
        return secrets.stream()
                .map(secret -> "id=" + secret.getKey() + ",\"src="
                        + (directory + "/" + secret.getValue()).replace("\"", "\"\"") + "\"")
                .toList();
    }

    /**
     * The login of the context as an argument of docker.
     *
     * @param directory the private directory's path on the agent
     */
    List<String> gitSpecs(GitContext context, String directory) {
        return git.stream()
                .map(login -> context.secret(login.getKey(), "src=" + directory + "/" + login.getValue()))
                .toList();
    }

    /**
     * The files of the client certificate, by driver option.
     *
     * @param directory the private directory's path on the agent
     */
    Map<String, String> certificates(String directory) {
        Map<String, String> paths = new LinkedHashMap<>();
        certificates.forEach((name, path) -> paths.put(name, directory + "/" + path));
        return paths;
    }

    /**
     * The keys as arguments of docker.
     *
     * @param directory the private directory's path on the agent
     */
    List<String> sshSpecs(String directory) throws AbortException {
        if (!keys.isEmpty() && directory.indexOf(',') >= 0) {
            throw new AbortException("sshKeys cannot be used in " + directory
                    + ": docker reads a comma in the path of a key as the start "
                    + "of another path. Give the job a workspace without a comma.");
        }
        return keys.stream()
                .map(key -> key.getKey() + "="
                        + String.join(
                                ",",
                                key.getValue().stream()
                                        .map(path -> directory + "/" + path)
                                        .toList()))
                .toList();
    }
}
