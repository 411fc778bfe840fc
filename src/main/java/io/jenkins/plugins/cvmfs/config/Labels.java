package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.Group;
import io.jenkins.plugins.cvmfs.engine.options.Option;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import org.jvnet.localizer.LocaleProvider;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What forms and pages call the options, in the language of the user. In English they are as in the tables of options;
 * other languages have files of their own.
 */
@Restricted(NoExternalUse.class)
public final class Labels {
    private static final Control EXACT = Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Labels() {}

    /** What an option is called. */
    public static String of(Option option) {
        return text(option.name(), option.label());
    }

    /** What an empty field stands for; empty if that goes without saying. */
    static String placeholder(Option option) {
        return option.byDefault().isEmpty() ? "" : text(option.name() + ".default", option.byDefault());
    }

    /** What options that belong together are called. */
    static String of(Group group) {
        return text("group." + group, group.title());
    }

    private static String text(String key, String english) {
        ResourceBundle texts = ResourceBundle.getBundle(
                Labels.class.getName(), LocaleProvider.getLocale(), Labels.class.getClassLoader(), EXACT);
        return texts.containsKey(key) ? texts.getString(key) : english;
    }
}
