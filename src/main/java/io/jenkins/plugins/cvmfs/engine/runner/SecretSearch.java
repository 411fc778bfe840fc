package io.jenkins.plugins.cvmfs.engine.runner;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Looks for secrets in bytes that come one by one, and hands them on without the secrets as soon as it is known where
 * those are. Each byte is looked at once; positions count from the first byte of all.
 */
final class SecretSearch {
    private static final byte[] SHOWN = "****".getBytes(StandardCharsets.US_ASCII);

    /** A shorter word is found only where it stands alone. */
    private static final int SHORT = 4;

    /** With fewer bytes too many lines end by chance for all of them to wait for the next. */
    private static final int BEGUN = 4;

    private static final int PREFIX_BLANKS = 2;

    /** More bytes between two lines are no line break within a word. */
    private static final int BETWEEN = 100;

    /** No more wait for what comes. */
    private static final int WAITING = 1 << 16;

    /**
     * What is looked for.
     *
     * @param plain within lines
     * @param encoded also over the ends of lines
     */
    record Words(WordTree plain, WordTree encoded) {}

    /** Where in a line the search for encoded words is. */
    private enum Place {
        WITHIN,
        START,
        /** In what BuildKit writes before each line of output: {@code #12 0.345 }. */
        PREFIX,
        /** In what stands before the lines of one of several images: {@code [name] }. */
        IMAGE
    }

    private final Words words;
    private final Queue held = new Queue();
    private final Deque<long[]> hidden = new ArrayDeque<>();
    private int plain;
    private long shortStart = -1;

    /** The positions of the bytes in which encoded words are looked for; these have numbers that grow by one. */
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

    /** How many bytes are not handed on. */
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

    /** Whether a byte goes on with what the line before has ended with, or is what stands between. */
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

    /** Adds a part that ends where all end that came before, or later. */
    private void hide(Deque<long[]> parts, long start, long end) {
        found = true;
        long from = start;
        while (!parts.isEmpty() && parts.getLast()[1] >= from) {
            from = Math.min(from, parts.removeLast()[0]);
        }
        parts.addLast(new long[] {from, end});
    }

    /** Hands on what is known, but no secret. */
    void handOn(ByteArrayOutputStream next) {
        int begun = words.encoded().begun(encoded);
        long waits = begun < BEGUN ? held.end() : joined.get(Math.max(joined.start(), joined.end() - begun));
        handOn(Math.max(Math.min(waits, held.end() - words.plain().begun(plain)), held.end() - WAITING), next);
    }

    /** Hands on everything, but no secret; nothing comes after it. */
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

    /** Numbers, of which the first ones are dropped; each keeps its place among all that were ever added. */
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
