package io.jenkins.plugins.cvmfs.engine.tags;

import java.util.regex.Pattern;

/** Facts that a run may know about itself. Whoever names a branch chooses some of them, so each has a grammar. */
public enum Fact {
    BRANCH("the branch", Grammar.NAME),
    DEFAULT_BRANCH("the default branch", Grammar.NAME),
    PULL_REQUEST("the pull request", "[0-9]{1,10}"),
    TAG("the tag", Grammar.NAME),
    COMMIT("the commit", "[0-9a-f]{40}|[0-9a-f]{64}"),
    SOURCE("where the source is", Grammar.ADDRESS),
    URL("where the build is described", Grammar.ADDRESS),
    BUILD("the build number", "[0-9]{1,18}");

    private final String meaning;
    private final Pattern grammar;

    Fact(String meaning, String grammar) {
        this.meaning = meaning;
        this.grammar = Pattern.compile(grammar);
    }

    /** Its name in messages. */
    String meaning() {
        return meaning;
    }

    boolean allows(String value) {
        return grammar.matcher(value).matches();
    }

    private static final class Grammar {
        /**
         * A name allowed by git: no spaces, no control characters, none of git's special characters. Git allows such
         * characters outside ASCII; they are refused here, because a log would show another name.
         */
        private static final String NAME = "[^\\s\\p{C}\\p{Z}~^:?*\\[\\\\]{1,255}";

        private static final String ADDRESS =
                "https?://[A-Za-z0-9.-]{1,253}(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%+/=&#-]{0,1024})?";
    }
}
