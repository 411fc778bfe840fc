package io.jenkins.plugins.cvmfs.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageStep;
import io.jenkins.plugins.cvmfs.secrets.BuildSecret;
import io.jenkins.plugins.cvmfs.secrets.SshKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of credentials, as docker is told of them. */
class SecretFilesTest {
    private final CvmfsDerivedImageStep step = new CvmfsDerivedImageStep(List.of("a:1"));

    @Test
    void aSecretAndAKeyAreNamedByTheirFiles() throws AbortException {
        step.setSecrets(List.of(new BuildSecret("token.1", "text")));
        step.setSshKeys(List.of(new SshKey("git_hub-1", "key")));

        SecretFiles files = SecretFiles.announced(step, null);
        assertThat(files.secretSpecs("/d")).containsExactly("id=token.1,\"src=/d/secrets/0\"");
        assertThat(files.sshSpecs("/d")).containsExactly("git_hub-1=/d/secrets/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default=/home/jenkins/.ssh/id_ed25519,x", "a,src=/etc/passwd", "a b", "a\n", ""})
    void anIdCannotAddAField(String id) {
        step.setSecrets(List.of(new BuildSecret(id, "text")));
        assertThatThrownBy(() -> SecretFiles.announced(step, null)).isInstanceOf(AbortException.class);

        step.setSecrets(List.of());
        step.setSshKeys(List.of(new SshKey(id, "key")));
        assertThatThrownBy(() -> SecretFiles.announced(step, null)).isInstanceOf(AbortException.class);
    }
}
