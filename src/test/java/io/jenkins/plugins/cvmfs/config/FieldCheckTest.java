package io.jenkins.plugins.cvmfs.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands beside a field. */
class FieldCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "uid -> me -> Invalid value 'me': expected a number from 0 to 4294967294",
                "shmSize -> lots -> Invalid value 'lots': expected a number with b, k, m or g, such as 64m",
                "dockerfile -> ../../etc/passwd -> Invalid value '../../etc/passwd': the path ../../etc/passwd is outside the workspace; expected one inside",
                "outputs -> type=tar,dest=../x -> Invalid value 'type=tar,dest=../x': the path ../x is outside the workspace; expected one inside",
                "platforms -> linux/weird64x -> Invalid value 'linux/weird64x': expected os/arch[/variant], such as linux/amd64",
                "provenance -> maybe -> Invalid value 'maybe': expected true, false or mode=min|max",
                "buildArgs -> A -> Invalid value 'A': expected NAME=value, the name of letters, digits and '_'",
                "cvmfsHttpProxy -> ftp://x -> Invalid value 'ftp://x': expected groups separated by ';', each of them auto, or members separated by '|', each of them DIRECT or [http://]host:port, without user name and password",
                "cvmfsParameters -> CVMFS_HTTP_PROXY=x -> Invalid value 'CVMFS_HTTP_PROXY': this parameter follows from \"HTTP proxy\"; set that instead",
                "builderGc -> maxUsedSpace=lots -> Invalid value 'lots': expected bytes, or a number with KB, MB, GB, TB or %",
                "builderName -> cvmfs-derived-image-1 -> Invalid value 'cvmfs-derived-image-1': names that begin with cvmfs-derived-image- are reserved for the builders that builds share; choose another name",
            })
    void aMistakeIsReported(String option, String value, String told) {
        assertThat(FieldCheck.errors(OptionTable.find(option).orElseThrow(), value))
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({
        "tags, 'a:1\r\n\r\n b:2 '",
        "dockerfile, docker/Dockerfile",
        "outputs, 'type=oci,dest=out/a.tar'",
        "platforms, linux/arm/v7",
        "provenance, 'mode=max,version=v1'",
        "cvmfsHttpProxy, squid.example.org:3128",
        "builderGc, maxUsedSpace=50GB",
        "cvmfsUseCdn, true"
    })
    void aGoodValueIsNot(String option, String value) {
        assertThat(FieldCheck.errors(OptionTable.find(option).orElseThrow(), value))
                .isEmpty();
    }
}
