package io.jenkins.plugins.cvmfs.engine.runner;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;

/**
 * Finds many words in bytes in one pass, with the algorithm of Aho and Corasick: the cost depends on the bytes, not on
 * the number of words.
 */
final class WordTree {
    private static final int BYTES = 256;
    private static final int NONE = 0;

    private final int[] root = new int[BYTES];
    private byte[] label = new byte[BYTES];
    private int[] child = new int[BYTES];
    private int[] sibling = new int[BYTES];
    private int[] fallback = new int[BYTES];
    private int[] longest = new int[BYTES];
    private int[] depth = new int[BYTES];
    private int nodes = 1;

    /** @param words non-empty words */
    WordTree(Collection<byte[]> words) {
        words.forEach(this::add);
        link();
    }

    private void add(byte[] word) {
        int node = 0;
        for (byte b : word) {
            int next = below(node, b);
            node = next == NONE ? grow(node, b) : next;
        }
        longest[node] = word.length;
    }

    private int grow(int parent, byte b) {
        if (nodes == label.length) {
            int more = nodes * 2;
            label = Arrays.copyOf(label, more);
            child = Arrays.copyOf(child, more);
            sibling = Arrays.copyOf(sibling, more);
            fallback = Arrays.copyOf(fallback, more);
            longest = Arrays.copyOf(longest, more);
            depth = Arrays.copyOf(depth, more);
        }
        int node = nodes++;
        label[node] = b;
        depth[node] = depth[parent] + 1;
        sibling[node] = child[parent];
        child[parent] = node;
        if (parent == 0) {
            root[b & 0xff] = node;
        }
        return node;
    }

    private int below(int node, byte b) {
        if (node == 0) {
            return root[b & 0xff];
        }
        int next = child[node];
        while (next != NONE && label[next] != b) {
            next = sibling[next];
        }
        return next;
    }

    private void link() {
        Deque<Integer> open = new ArrayDeque<>();
        open.add(0);
        while (!open.isEmpty()) {
            int parent = open.remove();
            for (int node = child[parent]; node != NONE; node = sibling[node]) {
                fallback[node] = parent == 0 ? 0 : step(fallback[parent], label[node]);
                longest[node] = Math.max(longest[node], longest[fallback[node]]);
                open.add(node);
            }
        }
    }

    /** The next state after a byte; the initial state is 0. */
    int step(int state, byte b) {
        int from = state;
        int next = below(from, b);
        while (next == NONE && from != 0) {
            from = fallback[from];
            next = below(from, b);
        }
        return next;
    }

    /** The length of the longest word that ends in a state; 0 if none does. */
    int word(int state) {
        return longest[state];
    }

    /** How many of the last bytes may be the start of a word. */
    int begun(int state) {
        return depth[state];
    }
}
