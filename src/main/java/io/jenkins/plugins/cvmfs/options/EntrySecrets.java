package io.jenkins.plugins.cvmfs.options;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cvmfs.config.Lines;
import io.jenkins.plugins.cvmfs.secrets.BuildSecret;
import io.jenkins.plugins.cvmfs.secrets.SshKey;
import java.util.List;
import org.kohsuke.stapler.DataBoundSetter;

/** The secrets and credentials of one of several images; null means as in the step. */
public abstract class EntrySecrets {
    private List<BuildSecret> secrets;
    private List<String> ssh;
    private List<SshKey> sshKeys;
    private String credentialsId;
    private String gitCredentialsId;

    @CheckForNull
    public List<BuildSecret> getSecrets() {
        return secrets;
    }

    @DataBoundSetter
    public void setSecrets(List<BuildSecret> secrets) {
        this.secrets = orNull(secrets);
    }

    @CheckForNull
    public List<String> getSsh() {
        return ssh;
    }

    @DataBoundSetter
    public void setSsh(List<String> ssh) {
        this.ssh = said(ssh);
    }

    @CheckForNull
    public List<SshKey> getSshKeys() {
        return sshKeys;
    }

    @DataBoundSetter
    public void setSshKeys(List<SshKey> sshKeys) {
        this.sshKeys = orNull(sshKeys);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = text(credentialsId);
    }

    @CheckForNull
    public String getGitCredentialsId() {
        return gitCredentialsId;
    }

    @DataBoundSetter
    public void setGitCredentialsId(String gitCredentialsId) {
        this.gitCredentialsId = text(gitCredentialsId);
    }

    /** A form sends an empty text where nothing was entered. */
    static String text(String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** An empty list means not set. */
    static List<String> said(List<String> values) {
        return orNull(values == null ? null : Lines.each(values));
    }

    /** A form sends an empty list where nothing was added. */
    private static <T> List<T> orNull(List<T> values) {
        return values == null || values.isEmpty() ? null : List.copyOf(values);
    }
}
