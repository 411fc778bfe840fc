package hudson.util;

import java.util.ArrayList;

/** Of org.jenkins-ci.main:jenkins-core. */
public class ListBoxModel extends ArrayList<ListBoxModel.Option> {
    public ListBoxModel() {}

    public void add(String string, String string2) {
        throw new UnsupportedOperationException();
    }

    public static final class Option {
        public Option(String string) {}
    }
}
