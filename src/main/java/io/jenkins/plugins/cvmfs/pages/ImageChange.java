package io.jenkins.plugins.cvmfs.pages;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.cvmfs.config.Labels;
import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A difference between an image and the one before.
 *
 * @param name what differs, as a display name
 * @param before the former value, or null if missing or unknown
 * @param after the new value, or null if missing or unknown
 * @param build number of the build of the former image
 */
public record ImageChange(
        String name,
        @CheckForNull String before,
        @CheckForNull String after,
        int build) {
    static List<ImageChange> between(HistoryEntry before, HistoryEntry after) {
        List<ImageChange> changes = new ArrayList<>();
        int build = before.build();
        names(before.revisions(), after.revisions())
                .forEach(name -> add(
                        changes,
                        name,
                        revision(before.revisions().get(name)),
                        revision(after.revisions().get(name)),
                        build));
        names(before.bases(), after.bases())
                .forEach(name -> add(
                        changes, name, before.bases().get(name), after.bases().get(name), build));
        add(
                changes,
                Messages.size(),
                DerivedImageAction.readable(before.size()),
                DerivedImageAction.readable(after.size()),
                build);
        add(changes, Messages.tags(), String.join(" ", before.tags()), String.join(" ", after.tags()), build);
        names(before.options(), after.options())
                .forEach(name -> add(
                        changes,
                        OptionTable.find(name).map(Labels::of).orElse(name),
                        before.options().get(name),
                        after.options().get(name),
                        build));
        return changes;
    }

    private static Set<String> names(Map<String, ?> before, Map<String, ?> after) {
        Set<String> names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        return names;
    }

    private static String revision(Long revision) {
        return revision == null ? null : revision.toString();
    }

    private static void add(List<ImageChange> changes, String name, String before, String after, int build) {
        if (!Objects.equals(before, after)) {
            changes.add(new ImageChange(name, before, after, build));
        }
    }
}
