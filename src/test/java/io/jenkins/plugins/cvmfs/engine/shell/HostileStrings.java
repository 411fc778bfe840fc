package io.jenkins.plugins.cvmfs.engine.shell;

import java.util.Random;

/**
 * Texts that a careless script would take for something else; the same ones for the same seed.
 *
 * <p>None holds NUL or half a surrogate pair. A shell that expands one runs {@code pwned}, or leaves a file where it
 * is.
 */
public final class HostileStrings {
    private static final String[] PARTS = {
        "'",
        "\"",
        "`",
        "\\",
        "\\\\",
        "\n",
        "\r",
        "\t",
        " ",
        "  ",
        "$",
        "$$",
        "$#",
        "$@",
        "$*",
        "$?",
        "$!",
        "$0",
        "$1",
        "${1}",
        "$'",
        "$\"",
        "$(",
        ")",
        "`pwned`",
        "$(pwned)",
        "${x:=$(pwned)}",
        "';pwned;'",
        "\";pwned;\"",
        "\npwned\n",
        ";pwned",
        "|pwned",
        "&pwned&",
        "||pwned",
        "&&pwned",
        "'$(pwned)'",
        "\\'$(pwned)",
        "\\\"`pwned`",
        "'\\''",
        "'\"'\"'",
        "<(pwned)",
        ">out",
        ">>out",
        "2>out",
        "</etc/passwd",
        "<<EOF\npwned\nEOF\n",
        "-",
        "--",
        "--rm",
        "-v/:/host",
        "--privileged",
        "--output=/",
        "=",
        ",",
        ":",
        "@",
        "@file",
        "#",
        "# x",
        "!",
        "!!",
        "^",
        "~",
        "~root",
        "{a,b}",
        "{1..9}",
        "*",
        "?",
        "[a-z]",
        "[!a]",
        "/*",
        "../..",
        "$HOME",
        "$PATH",
        "${IFS}",
        "$((1/0))",
        "$((x=9))",
        "$dir",
        "$builder",
        "$container",
        "$made",
        "%s%n",
        "%",
        "\\n",
        "\\0",
        "\\c",
        "\\x41",
        "\\u0041",
        "&",
        "&&",
        "|",
        ";",
        ";;",
        "(",
        "{",
        "}",
        "[",
        "]",
        "[[",
        "EOF",
        "VERIFY",
        "fi",
        "done",
        "esac",
        "exit 0",
        "\u0001",
        "\u0007",
        "\b",
        "\u000b",
        "\f",
        "\u001b[31m",
        "\u001b]0;t\u0007",
        "\u007f",
        "\u0081",
        "\u0082",
        "\u0085",
        "\u0088",
        "\u009b",
        "é",
        "ÿ",
        "\u00a0",
        "ß",
        "İ",
        "е",
        "日本語",
        "한국어",
        "שלום",
        "مرحبا",
        "\u202e",
        "\u200b",
        "\u2028",
        "\u2029",
        "\ufeff",
        "\ufffd",
        "\uffff",
        "😀",
        "👩‍👩‍👧",
        "🏴‍☠️",
        "𝒳",
        "e\u0301",
        "a",
        "Z",
        "0",
        "name",
        "value",
        "user:password",
        "C:\\x"
    };
    private static final int LONGEST = 20_000;
    private static final int ONE_IN_LONG = 2_000;
    private static final int LAST_ASCII = 0x7e;

    private final Random random;

    /** @param seed tells one series from another */
    public HostileStrings(long seed) {
        this.random = new Random(seed);
    }

    /** The next text, seldom empty, seldom very long. */
    public String next() {
        if (random.nextInt(ONE_IN_LONG) == 0) {
            return PARTS[random.nextInt(PARTS.length)].repeat(LONGEST / 4);
        }
        int parts = random.nextInt(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            text.append(random.nextInt(4) == 0 ? Character.toString(codePoint()) : PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }

    /** The next text that is not empty. */
    public String nextNotEmpty() {
        String text = next();
        return text.isEmpty() ? nextNotEmpty() : text;
    }

    private int codePoint() {
        int c = switch (random.nextInt(4)) {
            case 0 -> 1 + random.nextInt(LAST_ASCII);
            case 1 -> 1 + random.nextInt(0xff);
            case 2 -> 1 + random.nextInt(Character.MIN_SUPPLEMENTARY_CODE_POINT - 1);
            default -> 1 + random.nextInt(Character.MAX_CODE_POINT);
        };
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? codePoint() : c;
    }
}
