package io.jenkins.plugins.cvmfs.config;

import hudson.model.Item;
import hudson.util.ListBoxModel;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Fills the drop-down list of a switch with a default. */
@Restricted(NoExternalUse.class)
public final class YesOrNo {
    private YesOrNo() {}

    /**
     * The choices; none if the user may not see them.
     *
     * @param item that is configured, or null for the system
     * @param otherwise label of the default, which applies if neither is chosen
     */
    public static ListBoxModel or(String otherwise, Item item) {
        ListBoxModel items = new ListBoxModel();
        if (CredentialsChoice.mayChoose(item)) {
            items.add(otherwise, "");
            items.add(Messages.yes(), "true");
            items.add(Messages.no(), "false");
        }
        return items;
    }
}
