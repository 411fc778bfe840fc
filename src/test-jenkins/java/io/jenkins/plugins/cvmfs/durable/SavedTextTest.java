package io.jenkins.plugins.cvmfs.durable;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** What is saved of a text, is that text again. */
@WithJenkins
class SavedTextTest {
    @Test
    void aTextThatJenkinsEncryptedIsNotDecrypted(JenkinsRule jenkins) {
        String encrypted = Secret.fromString("hunter2").getEncryptedValue();

        Optional<String> saved = SavedText.of(Optional.of(encrypted));
        assertThat(saved).isNotEmpty().isNotEqualTo(Optional.of(encrypted));
        assertThat(SavedText.text(saved)).contains(encrypted);
    }
}
