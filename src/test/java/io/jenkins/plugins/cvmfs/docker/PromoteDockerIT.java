package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Further names for an image that a registry has. */
@ExtendWith(RealEngine.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class PromoteDockerIT {
    @Test
    void aBuiltImageGetsTagsInOtherRegistriesToo(Rig rig) throws Exception {
        rig.write("Dockerfile", "FROM " + Rig.baseImage() + "\nRUN echo " + rig.id() + " >/id\n");
        String tested = rig.in(Registry.plain(), "a:tested");
        Ran.of(rig.cli("build", "--builder-driver=docker", "--tag=" + tested, "--push", "--record=built.json"))
                .answer();
        String stable = rig.in(Registry.plain(), "a:stable");
        String elsewhere = rig.in(Registry.secret(), "b:1");

        Ran promoted = Ran.of(
                rig.cli("promote", "built.json", "--tag=" + stable, "--tag=" + elsewhere, "--record=promoted.json"));

        String digest = Registry.plain().digest(tested).orElseThrow();
        assertThat(promoted.exitCode()).as(promoted.err()).isZero();
        assertThat(promoted.out()).contains("Promoted ", "@" + digest);
        assertThat(promoted.err()).doesNotContain(Registry.password());
        assertThat(Registry.plain().digest(stable)).contains(digest);
        assertThat(Registry.secret().digest(elsewhere)).contains(digest);
        JsonNode record =
                new ObjectMapper().readTree(Files.readString(rig.workspace().resolve("promoted.json")));
        assertThat(record.path("digest").asText()).isEqualTo(digest);
        assertThat(record.at("/images/1/tag").asText()).isEqualTo(elsewhere);
        String printed = Ran.of(rig.cli("promote", "built.json", "--tag=" + stable, "--json"))
                .answer();
        assertThat(new ObjectMapper().readTree(printed).path("digest").asText()).isEqualTo(digest);
        assertThat(rig.made()).isEmpty();
    }

    @Test
    void aMissingImageIsNotPromoted(Rig rig) throws Exception {
        Ran refused = Ran.of(rig.cli(
                "promote",
                rig.in(Registry.plain(), "none") + "@sha256:" + "0".repeat(64),
                "--tag=" + rig.in(Registry.plain(), "a:1")));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("not found").doesNotContain("Exception");
        assertThat(Registry.plain().digest(rig.in(Registry.plain(), "a:1"))).isEmpty();
    }
}
