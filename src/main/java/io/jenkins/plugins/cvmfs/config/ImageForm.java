package io.jenkins.plugins.cvmfs.config;

import io.jenkins.plugins.cvmfs.engine.options.OptionTable;
import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The form of one of several images, with the options that it can set for itself. */
@Restricted(NoExternalUse.class)
public final class ImageForm {
    /** The options in which most images differ. */
    private static final List<String> FIRST = List.of("tags", "dockerfile", "target", "buildArgs");

    /** Jenkins' script treats a form object as a list if it has a property named push. */
    private static final String PUSH = "push";

    private static final String PUSH_IN_FORM = "pushed";

    /** The submitted form, without choices that are left to the step. */
    public static JSONObject bound(JSONObject sent) {
        JSONObject said = new JSONObject();
        sent.keySet().forEach(key -> {
            Object value = sent.get(key);
            if (!"".equals(value)) {
                said.put(PUSH_IN_FORM.equals(key) ? PUSH : key, value);
            }
        });
        return said;
    }

    /** The fields that are always visible. */
    public List<FormField> getFirst() {
        return fields(true);
    }

    /** The folded sections. */
    public List<FormField> getLast() {
        return fields(false);
    }

    private static List<FormField> fields(boolean first) {
        return OptionTable.all().stream()
                .filter(option -> option.isPerImage() && option.isInJenkins())
                .filter(option ->
                        FIRST.contains(option.name()) == first && !option.name().equals(PUSH))
                .map(FormField::ofImage)
                .toList();
    }
}
