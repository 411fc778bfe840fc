package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * The names of the options on forms and pages, in the language of the user. English names come from the tables of
 * options; other languages have their own files.
 */
@Restricted(NoExternalUse.class)
public final class Labels {
    private static final Control EXACT = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Labels() {}

    /** The name of an option. */
    public static String of(Option option) {
        return text(option.name(), option.label());
    }

    /** The value that an empty field means; empty if that is obvious. */
    static String placeholder(Option option) {
        return option.byDefault().isEmpty() ? "" : text(option.name() + ".default", option.byDefault());
    }

    /** The name of a group of options. */
    static String of(Group group) {
        return text("group." + group, group.title());
    }

    private static String text(String key, String english) {
        ResourceBundle texts = ResourceBundle.getBundle(
                Labels.class.getName(), LocaleProvider.getLocale(), Labels.class.getClassLoader(), EXACT);
        return texts.containsKey(key) ? texts.getString(key) : english;
    }
}
