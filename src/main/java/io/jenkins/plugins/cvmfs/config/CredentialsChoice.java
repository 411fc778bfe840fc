package io.jenkins.plugins.cvmfs.config;

import com.cloudbees.plugins.credentials.CredentialsMatcher;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.core.Authentication;

/** Fills the drop-down lists of credentials. */
@Restricted(NoExternalUse.class)
public final class CredentialsChoice {
    private CredentialsChoice() {}

    /**
     * Whether the user may see the choices of a form.
     *
     * @param item that is configured, or null for the system
     */
    public static boolean mayChoose(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }

    /**
     * The credentials that the user may choose; only the current one if the user may not choose.
     *
     * @param item that is configured, or null for the system
     * @param current the current choice
     * @param matcher selects suitable credentials
     */
    public static ListBoxModel of(Item item, String current, CredentialsMatcher matcher) {
        StandardListBoxModel model = new StandardListBoxModel();
        if (mayChoose(item)) {
            model.includeEmptyValue();
            Authentication authentication =
                    item instanceof Queue.Task task ? task.getDefaultAuthentication2() : ACL.SYSTEM2;
            if (item == null) {
                model.includeMatchingAs(authentication, Jenkins.get(), StandardCredentials.class, List.of(), matcher);
            } else {
                model.includeMatchingAs(authentication, item, StandardCredentials.class, List.of(), matcher);
            }
        }
        return model.includeCurrentValue(Util.fixNull(current));
    }
}
