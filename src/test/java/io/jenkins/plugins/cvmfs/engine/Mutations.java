package io.jenkins.plugins.cvmfs.engine;

import java.util.List;
import java.util.SplittableRandom;

/** A text with a few changes, as accidents and people with bad intentions make them; the same ones each time. */
public final class Mutations {
    private static final long SEED = 20_261_124;
    private static final int MOST = 4;
    private static final List<String> PIECES = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "0",
            "-1",
            "1e999",
            "99999999999999999999",
            "\\",
            "\\u0000",
            "\n",
            "\r",
            " ",
            "/",
            "@",
            "%",
            "%zz",
            "sha256:",
            "$(id)",
            ";",
            "é",
            "\u0000",
            "\ud83d",
            "../",
            "[[[[[[[[",
            "\"\":\"\"",
            "{\"a\":{}}");

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final String text;

    public Mutations(String text) {
        this.text = text;
    }

    /** The next text. */
    public String next() {
        StringBuilder changed = new StringBuilder(text);
        for (int i = random.nextInt(MOST); i >= 0; i--) {
            change(changed);
        }
        return changed.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + 1 + random.nextInt(8));
        switch (random.nextInt(6)) {
            case 0 -> text.delete(at, to);
            case 1 -> text.insert(at, piece());
            case 2 -> text.replace(at, to, piece());
            case 3 -> text.insert(at, text.substring(at, to).repeat(1 + random.nextInt(20)));
            case 4 -> text.setLength(random.nextInt(4) == 0 ? at : text.length());
            default -> {
                if (at < text.length()) {
                    text.setCharAt(at, (char) random.nextInt(random.nextInt(4) == 0 ? 0x10000 : 0x80));
                }
            }
        }
    }

    private String piece() {
        return PIECES.get(random.nextInt(PIECES.size()));
    }
}
