package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MountsTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', false",
        "'  ', '', false",
        "none, none, false",
        "all, all, true",
        "' all ', all, true",
        "ALL, all, true",
        "None, none, false",
        "'cms.cern.ch, a.b,c.d', cms.cern.ch a.b c.d, true",
        "cms.cern.ch, cms.cern.ch, true",
        "' cms.cern.ch   oasis.opensciencegrid.org ', cms.cern.ch oasis.opensciencegrid.org, true",
        "cms-ib.cern.ch a_b.c 1.2, cms-ib.cern.ch a_b.c 1.2, true"
    })
    void whatIsAllowed(String written, String text, boolean any) {
        Mounts mounts = Mounts.parse(written).orElseThrow();

        assertThat(mounts.text()).isEqualTo(text);
        assertThat(mounts.any()).isEqualTo(any);
        assertThat(mounts.repositories()).isEqualTo(any && !text.equals("all") ? List.of(text.split(" ")) : List.of());
    }

    static String[] invalid() {
        return new String[] {
            "cms",
            "all none",
            "all cms.cern.ch",
            "cms.cern.ch none",
            "none none",
            "CMS.cern.ch",
            "cms.cern.ch;x.y",
            ".cern.ch",
            "cern.",
            "a..b",
            "-a.b",
            "a-.b",
            "a.-b",
            "/cvmfs/cms.cern.ch",
            "cms.cern.ch/x",
            "a.b\0",
            "\0a.b",
            "a.b\u0001",
            "$(a).b",
            "*.cern.ch",
            "é.ch",
            "a.b\u00a0c.d",
            "--all.b",
            "a.b " + "c".repeat(59) + ".d",
            "a.".repeat(50_000) + "!"
        };
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void otherTextIsRejected(String written) {
        assertThat(Mounts.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'a.b\n\tc.d', a.b c.d", "'a.b\r\nc.d\r\n', a.b c.d", "'\na.b\n', a.b"})
    void linesAndTabsSeparateToo(String written, String text) {
        assertThat(Mounts.parse(written)).contains(new Mounts(text));
    }
}
