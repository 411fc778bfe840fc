package io.jenkins.plugins.cvmfs.secrets;

import com.cloudbees.jenkins.plugins.sshcredentials.SSHUserPrivateKey;
import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.CertificateCredentials;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.common.UsernamePasswordCredentials;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.cvmfs.config.CredentialsChoice;
import io.jenkins.plugins.cvmfs.engine.spec.GitContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jenkinsci.plugins.docker.commons.credentials.DockerServerCredentials;
import org.jenkinsci.plugins.plaincredentials.FileCredentials;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** Converts credentials of each type to files for a build. */
public final class SecretContents {
    private static final String USERNAME = ".username";
    private static final String PASSWORD = ".password";

    private SecretContents() {}

    /** The credentials that can be chosen as build secrets when configuring {@code item}. */
    public static ListBoxModel choices(Item item, String current) {
        return CredentialsChoice.of(
                item,
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StringCredentials.class),
                        CredentialsMatchers.instanceOf(FileCredentials.class),
                        CredentialsMatchers.instanceOf(UsernamePasswordCredentials.class),
                        CredentialsMatchers.instanceOf(CertificateCredentials.class)));
    }

    /** The credentials that can be chosen as ssh keys when configuring {@code item}. */
    public static ListBoxModel keyChoices(Item item, String current) {
        return CredentialsChoice.of(item, current, CredentialsMatchers.instanceOf(SSHUserPrivateKey.class));
    }

    /**
     * One file.
     *
     * @param name the name by which a RUN mounts it, or the driver option for a file of a client certificate
     * @param bytes its contents
     * @param hidden whether logs must mask it; some user names are not secret
     */
    public record Content(String name, byte[] bytes, boolean hidden) {}

    /**
     * The build secrets from credentials.
     *
     * <p>The given name always has a value, because a RUN that mounts a missing secret silently finds no file.
     */
    public static List<Content> of(Run<?, ?> run, BuildSecret secret) throws IOException {
        String name = secret.getId();
        String what = "the build secret '" + name + "'";
        IdCredentials credentials = find(run, secret.getCredentialsId(), what);
        if (credentials instanceof StringCredentials text) {
            return List.of(new Content(name, bytes(text.getSecret()), true));
        }
        if (credentials instanceof FileCredentials file) {
            try (InputStream stream = file.getContent()) {
                return List.of(new Content(name, stream.readAllBytes(), true));
            }
        }
        if (credentials instanceof UsernamePasswordCredentials login) {
            return List.of(
                    new Content(
                            name,
                            bytes(login.getUsername() + ":"
                                    + login.getPassword().getPlainText()),
                            true),
                    new Content(name + USERNAME, bytes(login.getUsername()), login.isUsernameSecret()),
                    new Content(name + PASSWORD, bytes(login.getPassword()), true));
        }
        if (credentials instanceof CertificateCredentials certificate) {
            return List.of(
                    new Content(name, keyStore(certificate, what), true),
                    new Content(name + PASSWORD, bytes(certificate.getPassword()), true));
        }
        throw new AbortException(
                "The credentials '" + secret.getCredentialsId() + "' of " + what + " are of a type that cannot be a "
                        + "build "
                        + "secret; expected a secret text, a secret file, a user name with password, or a "
                        + "certificate. For an SSH key, use sshKeys.");
    }

    /**
     * The client certificate of a builder, by the driver options cacert, cert and key, as far as present in the
     * credentials.
     */
    public static List<Content> certificate(Run<?, ?> run, String id) throws IOException {
        String what = "the builder's client certificate";
        if (!(find(run, id, what) instanceof DockerServerCredentials credentials)) {
            throw new AbortException("The credentials '" + id + "' of " + what
                    + " are of another type; expected an X.509 client certificate.");
        }
        List<Content> contents = new ArrayList<>();
        String authority = credentials.getServerCaCertificate();
        if (authority != null) {
            contents.add(new Content("cacert", bytes(authority), false));
        }
        String certificate = credentials.getClientCertificate();
        if (certificate != null) {
            contents.add(new Content("cert", bytes(certificate), false));
        }
        // A form submits an empty text if there is no key.
        Secret key = credentials.getClientKeySecret();
        if (key != null && !key.getPlainText().isBlank()) {
            contents.add(new Content("key", bytes(key), true));
        }
        if (contents.isEmpty()) {
            throw new AbortException("The credentials '" + id + "' of " + what + " are empty.");
        }
        return contents;
    }

    /** The credentials that can be chosen for a git repository when configuring {@code item}. */
    public static ListBoxModel gitChoices(Item item, String current) {
        return CredentialsChoice.of(
                item,
                current,
                CredentialsMatchers.anyOf(
                        CredentialsMatchers.instanceOf(StringCredentials.class),
                        CredentialsMatchers.instanceOf(UsernamePasswordCredentials.class)));
    }

    /** The login for a git repository, by the name of BuildKit's secret. */
    public static Content git(Run<?, ?> run, String id) throws IOException {
        String what = "the build context";
        IdCredentials credentials = find(run, id, what);
        if (credentials instanceof StringCredentials token) {
            return new Content(GitContext.TOKEN, bytes(token.getSecret()), true);
        }
        if (credentials instanceof UsernamePasswordCredentials login) {
            byte[] pair = bytes(login.getUsername() + ":" + login.getPassword().getPlainText());
            return new Content(
                    GitContext.HEADER, bytes("Basic " + Base64.getEncoder().encodeToString(pair)), true);
        }
        throw new AbortException("The credentials '" + id + "' of " + what
                + " are of a type that git does not take over https; user name with password, or a secret text with a "
                + "token, is. An ssh key goes into sshKeys.");
    }

    /** The private keys. */
    public static List<byte[]> of(Run<?, ?> run, SshKey key) throws IOException {
        String what = "the ssh key '" + key.getId() + "'";
        if (!(find(run, key.getCredentialsId(), what) instanceof SSHUserPrivateKey credentials)) {
            throw new AbortException("The credentials '" + key.getCredentialsId() + "' of " + what
                    + " are not an SSH key; expected an SSH user name with private key.");
        }
        Secret passphrase = credentials.getPassphrase();
        if (passphrase != null && !passphrase.getPlainText().isEmpty()) {
            throw new AbortException("The credentials '" + key.getCredentialsId() + "' of " + what
                    + " have a passphrase, which docker cannot "
                    + "give. Use a key without one, or an ssh agent (the step sshagent) and ssh: ['default'].");
        }
        if (credentials.getPrivateKeys().isEmpty()) {
            throw new AbortException(
                    "The credentials '" + key.getCredentialsId() + "' of " + what + " hold no private key.");
        }
        return credentials.getPrivateKeys().stream()
                .map(text -> bytes(text.strip() + "\n"))
                .toList();
    }

    private static IdCredentials find(Run<?, ?> run, String id, String what) throws AbortException {
        IdCredentials credentials = CredentialsProvider.findCredentialById(id, IdCredentials.class, run, List.of());
        if (credentials == null) {
            throw new AbortException("There are no credentials with the ID '" + id + "' for " + what
                    + ". They were looked for in what " + run.getParent().getFullDisplayName()
                    + " may use: its folders and the global credentials, not those of scope System.");
        }
        CredentialsProvider.track(run, credentials);
        return credentials;
    }

    private static byte[] keyStore(CertificateCredentials certificate, String what) throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try {
            certificate
                    .getKeyStore()
                    .store(stored, certificate.getPassword().getPlainText().toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "The certificate of " + what + " cannot be written as a key store: " + e.getMessage(), e);
        }
        return stored.toByteArray();
    }

    private static byte[] bytes(Secret secret) {
        return bytes(secret.getPlainText());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
