package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which paths a value names, as docker reads it. */
class LocalPathsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "VALUE   | a/b                                   | a/b",
                "CONTEXT | a/b                                   | a/b",
                "CONTEXT | https://example.org/a.git             | https://example.org/a.git",
                "CONTEXT | git://%zz/a                           | git://%zz/a",
                "CONTEXT | docker-image://a/b                    |",
                "CONTEXT | git@example.org:a/b                   | git@example.org:a/b",
                "CONTEXT | github.com/a/b                        | github.com/a/b",
                "CONTEXT | target:a                              |",
                "CONTEXT | git@example.org:/../../etc            | git@example.org:/../../etc",
                "CONTEXT | oci-layout:///a/b@sha256:0            | /a/b",
                "CONTEXT | x://../../etc                         | x://../../etc",
                "OUTPUT  | out/dir                               | out/dir",
                "OUTPUT  | a=b/../../x                           | a=b/../../x",
                "OUTPUT  | dest=../x                             | dest=../x",
                "OUTPUT  | -                                     |",
                "OUTPUT  | type=../x                             |",
                "OUTPUT  | type=oci,dest=a.tar                   | a.tar",
                "OUTPUT  | type=tar, DEST=/etc/x                 | /etc/x",
                "OUTPUT  | type=tar,dest=-                       |",
                "OUTPUT  | type=oci,\"dest=a,b\",dest=c          | a,b;c",
                "OUTPUT  | type=registry,name=a/b                |",
                "CACHE   | type=local,src=/a                     | /a",
                "CACHE   | type=local,dest=../a                  | ../a",
                "CACHE   | a/b:1                                 |",
                "SECRET  | id=a,src=/a                           | /a",
                "SECRET  | id=a,source=b                         | b",
                "SECRET  | id=a,env=b                            |",
                "SSH     | default                               |",
                "SSH     | default=/run/agent.sock               | /run/agent.sock",
                "SSH     | k=/a,/b                               | /a;/b",
            })
    void valuesNamePaths(LocalPaths kind, String value, String paths) {
        assertThat(kind.in(value)).isEqualTo(paths == null ? List.of() : List.of(paths.split(";")));
    }
}
