package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of two set-ups of the CVMFS client counts. */
class ClientOptionsTest {
    @Test
    void givenValuesTakePrecedenceOverOthers() {
        ClientOptions general = new ClientOptions();
        general.setHttpProxy("http://a:1");
        general.setQuotaLimit("1000");
        general.setUseCdn(true);
        general.setPins(List.of("cms.cern.ch=tag:a", "sft.cern.ch=tag:b"));
        general.setParameters(List.of("CVMFS_TIMEOUT=5", "CVMFS_NFILES=1000"));
        ClientOptions own = new ClientOptions();
        own.setHttpProxy("DIRECT");
        own.setUseCdn(false);
        own.setPins(List.of("cms.cern.ch=tag:c"));
        own.setParameters(List.of("CVMFS_TIMEOUT=a=b"));

        ClientOptions merged = own.over(general);
        assertThat(merged.getHttpProxy()).isEqualTo("DIRECT");
        assertThat(merged.getQuotaLimit()).isEqualTo("1000");
        assertThat(merged.getUseCdn()).isFalse();
        assertThat(merged.getProfile()).isNull();
        assertThat(merged.getPins()).containsExactly("cms.cern.ch=tag:c", "sft.cern.ch=tag:b");
        assertThat(merged.getParameters()).containsExactly("CVMFS_TIMEOUT=a=b", "CVMFS_NFILES=1000");
        assertThat(general.getPins()).containsExactly("cms.cern.ch=tag:a", "sft.cern.ch=tag:b");
    }

    @Test
    void unsetOptionsAreEmpty() {
        ClientOptions merged = new ClientOptions().over(new ClientOptions());
        assertThat(merged.getHttpProxy()).isNull();
        assertThat(merged.getUseCdn()).isNull();
        assertThat(merged.getPins()).isEmpty();
        assertThat(merged.getParameters()).isEmpty();
    }
}
