package io.jenkins.plugins.cvmfs.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of the licenses that the command line's jar must have. */
class LicensesIT {
    private static final Pattern TEXT = Pattern.compile("`(META-INF/[^`]+)`");

    @ParameterizedTest
    @CsvSource({
        "META-INF/LICENSE.md, The MIT License",
        "META-INF/LICENSE, Apache License",
        "META-INF/LICENSE, END OF TERMS AND CONDITIONS",
        "META-INF/NOTICE, Jackson",
        "META-INF/THIRD-PARTY.md, picocli"
    })
    void theTextsAreThere(String name, String part) throws IOException {
        assertThat(text(name)).contains(part);
    }

    @Test
    void everythingInTheListExists() throws IOException {
        assertThat(TEXT.matcher(text("META-INF/THIRD-PARTY.md")).results().map(found -> found.group(1)))
                .hasSizeGreaterThan(4)
                .allSatisfy(name -> assertThat(text(name)).isNotBlank());
    }

    private static String text(String name) throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("cli.jar"))) {
            assertThat(jar.getEntry(name)).as(name).isNotNull();
            try (InputStream stream = jar.getInputStream(jar.getEntry(name))) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
