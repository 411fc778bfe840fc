package hudson.model;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Of org.jenkins-ci.main:jenkins-core. */
public interface PermalinkProjectAction extends Action {
    List<Permalink> getPermalinks();

    abstract class Permalink {
        public static final List<Permalink> BUILTIN = new CopyOnWriteArrayList<>();

        public abstract String getDisplayName();

        public abstract String getId();

        public abstract Run<?, ?> resolve(Job<?, ?> job);
    }
}
