package io.jenkins.plugins.cvmfs.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.AbortException;
import io.jenkins.plugins.cvmfs.CvmfsDerivedImageStep;
import io.jenkins.plugins.cvmfs.engine.spec.GitContext;
import io.jenkins.plugins.cvmfs.options.ImageEntry;
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
        assertThat(files.secretSpecs("", true, "/d")).containsExactly("id=token.1,\"src=/d/secrets/0\"");
        assertThat(files.sshSpecs("", true, "/d")).containsExactly("git_hub-1=/d/secrets/1");
    }

    @Test
    void oneOfSeveralImagesHasItsOwnOrThoseOfTheStep() throws AbortException {
        step.setSecrets(List.of(new BuildSecret("of-step", "text")));
        step.setSshKeys(List.of(new SshKey("key-of-step", "key")));
        ImageEntry own = new ImageEntry("own");
        own.setSecrets(List.of(new BuildSecret("of-image", "text")));
        own.setSshKeys(List.of(new SshKey("key-of-image", "key")));
        own.setGitCredentialsId("git-of-image");
        step.setImages(List.of(own, new ImageEntry("other")));
        GitContext context = GitContext.of("https://example.org/a.git").orElseThrow();

        SecretFiles files = SecretFiles.announced(step, null);
        assertThat(files.secretSpecs("own", true, "/d")).containsExactly("id=of-image,\"src=/d/secrets/2\"");
        assertThat(files.secretSpecs("other", true, "/d")).containsExactly("id=of-step,\"src=/d/secrets/0\"");
        assertThat(files.secretSpecs("other", false, "/d")).isEmpty();
        assertThat(files.gitSpecs(context, "own", "/d").toString()).contains("/d/secrets/3");
        assertThat(files.gitSpecs(context, "other", "/d")).isEmpty();
        assertThat(files.sshSpecs("own", true, "/d")).containsExactly("key-of-image=/d/secrets/4");
        assertThat(files.sshSpecs("other", true, "/d")).containsExactly("key-of-step=/d/secrets/1");
        assertThat(files.sshSpecs("other", false, "/d")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"default=/home/jenkins/.ssh/id_ed25519,x", "a,src=/etc/passwd", "a b", "a\n", ""})
    void anIdCannotAddAField(String id) {
        step.setSecrets(List.of(new BuildSecret(id, "text")));
        assertThatThrownBy(() -> SecretFiles.announced(step, null)).isInstanceOf(AbortException.class);

        step.setSecrets(List.of());
        step.setSshKeys(List.of(new SshKey(id, "key")));
        assertThatThrownBy(() -> SecretFiles.announced(step, null)).isInstanceOf(AbortException.class);

        step.setSshKeys(List.of());
        ImageEntry image = new ImageEntry("a");
        image.setSecrets(List.of(new BuildSecret(id, "text")));
        step.setImages(List.of(image));
        assertThatThrownBy(() -> SecretFiles.announced(step, null)).isInstanceOf(AbortException.class);
    }
}
