package io.jenkins.plugins.cvmfs.engine.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A field stays one, whatever a variable holds. */
class ExpansionTest {
    private static final UnaryOperator<String> VARIABLES = text -> text.replace("$TAG", "1,dest=/etc/x")
            .replace("$QUOTE", "a\"b")
            .replace("$WORDS", "linux/amd64 network=host")
            .replace("$PAIR", "a=b")
            .replace("$PLAIN", "x");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "NEVER  | echo $TAG                        | echo $TAG",
                "WHOLE  | a:$TAG                           | a:1,dest=/etc/x",
                "ROW    | type=oci,dest=img-$TAG.tar       | type=oci,\"dest=img-1,dest=/etc/x.tar\"",
                "ROW    | type=oci,dest=$PLAIN             | type=oci,dest=x",
                "ROW    | $TAG                             | \"1,dest=/etc/x\"",
                "ROW    | a=$QUOTE                         | \"a=a\"\"b\"",
                "ROW    | \"a=b,$PLAIN\",c                 | \"a=b,x\",c",
                "PAIR   | A=$PAIR                          | A=a=b",
                "PAIR   | $PLAIN=$TAG                      | x=1,dest=/etc/x",
                "PAIR   | $PAIR                            | $PAIR",
                "COMMAS | default=$PLAIN,y                 | default=x,y",
                "WORDS  | endpoint=$PLAIN platform=y       | endpoint=x platform=y",
            })
    void variablesAreExpandedFieldByField(Expansion expansion, String written, String expanded) {
        assertThat(expansion.apply(written, VARIABLES)).contains(expanded);
    }

    @ParameterizedTest
    @CsvSource({"COMMAS, default=$TAG", "WORDS, endpoint=a platform=$WORDS", "PAIR, $PAIR=c"})
    void aVariableThatWouldAddAFieldIsRefused(Expansion expansion, String written) {
        assertThat(expansion.apply(written, VARIABLES)).isEmpty();
    }
}
