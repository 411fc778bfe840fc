package io.jenkins.plugins.cvmfs.build;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.cvmfs.config.BuilderOptions;
import io.jenkins.plugins.cvmfs.engine.spec.GitContext;
import io.jenkins.plugins.cvmfs.options.BuildSettings;
import io.jenkins.plugins.cvmfs.options.ImageEntry;
import io.jenkins.plugins.cvmfs.secrets.BuildSecret;
import io.jenkins.plugins.cvmfs.secrets.SecretContents;
import io.jenkins.plugins.cvmfs.secrets.SshKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
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
    private final Map<String, String> certificates = new LinkedHashMap<>();
    private final List<byte[]> hidden = new ArrayList<>();
    private final Credentials credentials;
    private Held ofCall;
    private final Map<String, Held> ofImages = new HashMap<>();

    private SecretFiles(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Where the contents come from. */
    private interface Credentials {
        List<SecretContents.Content> of(BuildSecret secret) throws IOException;

        List<byte[]> of(SshKey key) throws IOException;

        SecretContents.Content git(String id) throws IOException;
    }

    /**
     * The files of the call, or those of one of several images; null means as in the call.
     *
     * @param secrets names with paths
     * @param keys names with paths
     * @param git the name of BuildKit's secret with its path
     */
    private record Held(
            List<Map.Entry<String, String>> secrets,
            List<Map.Entry<String, List<String>>> keys,
            Map.Entry<String, String> git) {}

    /**
     * The files before credentials are fetched, with names and paths but no contents. Used to check a description,
     * which shows what the build asks for.
     *
     * @param builder the builder that the build uses, or null
     * @throws AbortException if docker would read the name of a secret or key as more than a name
     */
    static SecretFiles announced(BuildSettings options, BuilderOptions builder) throws AbortException {
        SecretFiles files = new SecretFiles(new Credentials() {
            @Override
            public List<SecretContents.Content> of(BuildSecret secret) throws AbortException {
                requireId("secrets", secret.getId());
                return List.of(new SecretContents.Content(secret.getId(), NOTHING, false));
            }

            @Override
            public List<byte[]> of(SshKey key) throws AbortException {
                requireId("sshKeys", key.getId());
                return List.of(NOTHING);
            }

            @Override
            public SecretContents.Content git(String id) {
                return new SecretContents.Content(GitContext.HEADER, NOTHING, false);
            }
        });
        if (builder != null && builder.getCredentialsId() != null) {
            announcedCertificates(builder).forEach(name -> files.certificates.put(name, files.add(NOTHING)));
        }
        try {
            files.addAll(options);
        } catch (AbortException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("nothing is read yet", e);
        }
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
     * The files with their contents; the use of the credentials is tracked.
     *
     * @param run in whose context the credentials are looked up
     * @param builder the builder that the build uses, or null
     */
    static SecretFiles fetched(Run<?, ?> run, BuildSettings options, BuilderOptions builder) throws IOException {
        SecretFiles files = new SecretFiles(new Credentials() {
            @Override
            public List<SecretContents.Content> of(BuildSecret secret) throws IOException {
                return SecretContents.of(run, secret);
            }

            @Override
            public List<byte[]> of(SshKey key) throws IOException {
                return SecretContents.of(run, key);
            }

            @Override
            public SecretContents.Content git(String id) throws IOException {
                return SecretContents.git(run, id);
            }
        });
        String certificate = builder == null ? null : builder.getCredentialsId();
        if (certificate != null) {
            for (SecretContents.Content content : SecretContents.certificate(run, certificate)) {
                files.certificates.put(content.name(), files.add(content));
            }
        }
        files.addAll(options);
        return files;
    }

    private void addAll(BuildSettings options) throws IOException {
        ofCall = held(options.getSecrets(), options.getSshKeys(), options.getGitCredentialsId());
        for (ImageEntry image : options.getImages()) {
            ofImages.put(
                    String.valueOf(image.getName()),
                    held(image.getSecrets(), image.getSshKeys(), image.getGitCredentialsId()));
        }
    }

    private Held held(List<BuildSecret> secrets, List<SshKey> keys, String git) throws IOException {
        List<Map.Entry<String, String>> secretPaths = new ArrayList<>();
        for (BuildSecret secret : secrets == null ? List.<BuildSecret>of() : secrets) {
            for (SecretContents.Content content : credentials.of(secret)) {
                secretPaths.add(Map.entry(content.name(), add(content)));
            }
        }
        Map.Entry<String, String> gitPath = null;
        if (git != null) {
            SecretContents.Content login = credentials.git(git);
            gitPath = Map.entry(login.name(), add(login));
        }
        List<Map.Entry<String, List<String>>> keyPaths = new ArrayList<>();
        for (SshKey key : keys == null ? List.<SshKey>of() : keys) {
            List<String> paths = new ArrayList<>();
            for (byte[] content : credentials.of(key)) {
                paths.add(add(new SecretContents.Content(key.getId(), content, true)));
            }
            keyPaths.add(Map.entry(key.getId(), paths));
        }
        return new Held(secrets == null ? null : secretPaths, keys == null ? null : keyPaths, gitPath);
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
     * The secrets in docker's syntax.
     *
     * @param image which of several, or empty for the only one
     * @param whole whether an image that has none of its own has those of the call
     * @param directory the private directory's path on the agent
     */
    List<String> secretSpecs(String image, boolean whole, String directory) {
        return own(image, whole, Held::secrets).orElse(List.of()).stream()
                .map(secret -> "id=" + secret.getKey() + ",\"src="
                        + (directory + "/" + secret.getValue()).replace("\"", "\"\"") + "\"")
                .toList();
    }

    /**
     * The login for the context in docker's syntax.
     *
     * @param image which of several, or empty for the only one
     * @param directory the private directory's path on the agent
     */
    List<String> gitSpecs(GitContext context, String image, String directory) {
        return own(image, true, Held::git).stream()
                .map(login -> context.secret(login.getKey(), "src=" + directory + "/" + login.getValue()))
                .toList();
    }

    private <T> Optional<T> own(String image, boolean whole, Function<Held, T> what) {
        Optional<T> own = Optional.ofNullable(ofImages.get(image)).map(what);
        return own.isPresent() || !whole ? own : Optional.ofNullable(what.apply(ofCall));
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
     * The keys in docker's syntax.
     *
     * @param image which of several, or empty for the only one
     * @param whole whether an image that has none of its own has those of the call
     * @param directory the private directory's path on the agent
     */
    List<String> sshSpecs(String image, boolean whole, String directory) throws AbortException {
        List<Map.Entry<String, List<String>>> keys =
                own(image, whole, Held::keys).orElse(List.of());
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
