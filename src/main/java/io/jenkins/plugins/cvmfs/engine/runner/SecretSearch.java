package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Searches a stream of bytes for secrets and passes it on with the secrets masked as soon as possible. Each byte is
 * processed once. Positions count from the first byte.
 */
final class SecretSearch {
    private static final byte[] SHOWN = "****".getBytes(StandardCharsets.US_ASCII);

    /** A shorter word is found only as a separate word. */
    private static final int SHORT = 4;

    /** With fewer bytes, too many lines would end with a match by chance and be held back. */
    private static final int BEGUN = 4;

    private static final int PREFIX_BLANKS = 2;

    /** More bytes between two lines are not a line break within a word. */
    private static final int BETWEEN = 100;

    /** Limit of bytes that are held back. */
    private static final int WAITING = 1 << 16;

    /**
     * The words to search.
     *
     * @param plain within lines
     * @param encoded also across line ends
     */
    record Words(WordTree plain, WordTree encoded) {}

    /** The state in a line of the search for encoded words. */
    private enum Place {
        WITHIN,
        START,
        /** In the prefix that BuildKit writes before each line of output: {@code #12 0.345 }. */
        PREFIX,
        /** In the prefix of lines of one of several images: {@code [name] }. */
        IMAGE
    }

    private final Words words;
    private final Queue held = new Queue();
    private final Deque<long[]> hidden = new ArrayDeque<>();
    private int plain;
    private long shortStart = -1;

    /** The positions of the bytes that are searched for encoded words, numbered consecutively. */
    private final Queue joined = new Queue();

    private final Deque<long[]> hiddenJoined = new ArrayDeque<>();
    private int encoded;
    private Place place = Place.WITHIN;
    private int blanks;
    private int skipped;

    private long handedOn;
    private int before = '\n';
    private boolean hiddenBefore;
    private boolean found;

    SecretSearch(Words words) {
        this.words = words;
    }

    /** Whether a secret was found. */
    boolean found() {
        return found;
    }

    /** The number of bytes that are held back. */
    int held() {
        return held.size();
    }

    void take(byte b) {
        held.add(b);
        long end = held.end();
        if (shortStart >= 0) {
            endShort(!isLetterOrDigit(b), end - 1);
        }
        plain = words.plain().step(plain, b);
        int word = words.plain().word(plain);
        if (word >= SHORT) {
            hide(hidden, end - word, end);
        } else if (word > 0 && !isLetterOrDigit(byteBefore(end - word))) {
            shortStart = end - word;
        }
        if (isJoined(b)) {
            skipped = 0;
            joined.add(end - 1);
            encoded = words.encoded().step(encoded, b);
            int joinedWord = words.encoded().word(encoded);
            if (joinedWord > 0) {
                hide(hiddenJoined, joined.end() - joinedWord, joined.end());
            }
        } else if (++skipped > BETWEEN) {
            encoded = 0;
        }
    }

    private void endShort(boolean alone, long end) {
        if (alone) {
            hide(hidden, shortStart, end);
        }
        shortStart = -1;
    }

    private int byteBefore(long position) {
        return position > handedOn ? (int) held.get(position - 1) : before;
    }

    private static boolean isLetterOrDigit(int b) {
        return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b < 0;
    }

    /** Whether a byte continues the end of the line before, or separates the two. */
    private boolean isJoined(byte b) {
        if (b == '\n' || b == '\r') {
            place = Place.START;
            return false;
        }
        if (place == Place.START && (b == ' ' || b == '\t')) {
            return false;
        }
        if (place == Place.START && b == '[' || place == Place.IMAGE && b != ' ') {
            place = Place.IMAGE;
            return false;
        }
        if (place == Place.IMAGE) {
            place = Place.START;
            return false;
        }
        if (place == Place.START && b == '#') {
            place = Place.PREFIX;
            blanks = 0;
            return false;
        }
        if (place == Place.PREFIX && (b == ' ' || b == '.' || b >= '0' && b <= '9')) {
            blanks += b == ' ' ? 1 : 0;
            place = blanks == PREFIX_BLANKS ? Place.START : Place.PREFIX;
            return false;
        }
        place = Place.WITHIN;
        return true;
    }

    /** Adds a part that ends no earlier than the parts before. */
    private void hide(Deque<long[]> parts, long start, long end) {
        found = true;
        long from = start;
        while (!parts.isEmpty() && parts.getLast()[1] >= from) {
            from = Math.min(from, parts.removeLast()[0]);
        }
        parts.addLast(new long[] {from, end});
    }

    /** Passes on all bytes that are decided, with secrets masked. */
    void handOn(ByteArrayOutputStream next) {
        int begun = words.encoded().begun(encoded);
        long waits = begun < BEGUN ? held.end() : joined.get(Math.max(joined.start(), joined.end() - begun));
        handOn(Math.max(Math.min(waits, held.end() - words.plain().begun(plain)), held.end() - WAITING), next);
    }

    /** Passes on everything at the end of the stream, with secrets masked. */
    void end(ByteArrayOutputStream next) {
        if (shortStart >= 0) {
            endShort(true, held.end());
        }
        plain = 0;
        encoded = 0;
        place = Place.WITHIN;
        handOn(held.end(), next);
    }

    private void handOn(long end, ByteArrayOutputStream next) {
        if (end <= handedOn) {
            return;
        }
        boolean[] marked = new boolean[(int) (end - handedOn)];
        for (long[] part : hidden) {
            if (part[0] >= end) {
                break;
            }
            mark(marked, part[0], part[1]);
        }
        for (long[] part : hiddenJoined) {
            long i = Math.max(part[0], joined.start());
            while (i < part[1] && joined.get(i) < end) {
                mark(marked, joined.get(i), joined.get(i) + 1);
                i++;
            }
            if (i < part[1]) {
                break;
            }
        }
        for (int i = 0; i < marked.length; i++) {
            before = (int) held.get(handedOn + i);
            if (!marked[i]) {
                next.write(before);
            } else if (!hiddenBefore) {
                next.writeBytes(SHOWN);
            }
            hiddenBefore = marked[i];
        }
        handedOn = end;
        held.drop(end);
        while (joined.size() > 0 && joined.get(joined.start()) < end) {
            joined.drop(joined.start() + 1);
        }
        while (!hidden.isEmpty() && hidden.getFirst()[1] <= end) {
            hidden.removeFirst();
        }
        while (!hiddenJoined.isEmpty() && hiddenJoined.getFirst()[1] <= joined.start()) {
            hiddenJoined.removeFirst();
        }
    }

    private void mark(boolean[] marked, long start, long end) {
        int from = (int) Math.max(0, start - handedOn);
        int to = (int) Math.min(marked.length, end - handedOn);
        if (from < to) {
            Arrays.fill(marked, from, to, true);
        }
    }

    /** A queue of numbers, in which each keeps its index after earlier ones are dropped. */
    private static final class Queue {
        private long[] numbers = new long[256];
        private int first;
        private int size;
        private long dropped;

        void add(long number) {
            if (first + size == numbers.length) {
                long[] more = size > numbers.length / 2 ? new long[numbers.length * 2] : numbers;
                System.arraycopy(numbers, first, more, 0, size);
                numbers = more;
                first = 0;
            }
            numbers[first + size] = number;
            size++;
        }

        long get(long place) {
            return numbers[first + (int) (place - dropped)];
        }

        void drop(long to) {
            int less = (int) (to - dropped);
            first += less;
            size -= less;
            dropped = to;
        }

        int size() {
            return size;
        }

        long start() {
            return dropped;
        }

        long end() {
            return dropped + size;
        }
    }
}
