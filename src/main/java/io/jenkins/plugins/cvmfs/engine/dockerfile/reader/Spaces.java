package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;

/** White space as defined by BuildKit, which differs from Java's. */
final class Spaces {
    private Spaces() {}

    static boolean is(int c) {
        return c >= '\t' && c <= '\r' || c == ' ' || c == 0x85 || Character.isSpaceChar(c);
    }

    /** The separators of words in an instruction. */
    static boolean separates(int c) {
        return c == '\t' || c == 0x0B || c == '\f' || c == '\r' || c == ' ';
    }

    static String trimLeft(String text) {
        int start = 0;
        while (start < text.length() && is(text.charAt(start))) {
            start++;
        }
        return text.substring(start);
    }

    static String trim(String text) {
        int end = text.length();
        while (end > 0 && is(text.charAt(end - 1))) {
            end--;
        }
        return trimLeft(text.substring(0, end));
    }

    /** The first word and the rest; the rest is null if there is none. */
    static String[] cut(String text) {
        int end = 0;
        while (end < text.length() && !separates(text.charAt(end))) {
            end++;
        }
        int rest = end;
        while (rest < text.length() && separates(text.charAt(rest))) {
            rest++;
        }
        return new String[] {text.substring(0, end), rest == end ? null : text.substring(rest)};
    }
}
