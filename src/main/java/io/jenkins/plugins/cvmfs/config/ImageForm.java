package io.jenkins.plugins.cvmfs.config;

import java.util.List;
import net.sf.json.JSONObject;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The form of one of several images: what it may have of its own. */
@Restricted(NoExternalUse.class)
public final class ImageForm {
    /** What most images differ in. */
    private static final List<String> FIRST = List.of("tags", "dockerfile", "target", "buildArgs");

    /** Jenkins' own script takes an object of a form for a list if it has a property of the name push. */
    private static final String PUSH = "push";

    private static final String PUSH_IN_FORM = "pushed";

    /** The form as it is sent, without the choices that are left to the step. */
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

    /** What is shown at once. */
    public List<FormField> getFirst() {
        return fields(true);
    }

    /** What is folded. */
    public List<FormField> getLast() {
        return fields(false);
    }

    private static List<FormField> fields(boolean first) {
        return BoundOptions.ofImage()
                .filter(option ->
                        FIRST.contains(option.name()) == first && !option.name().equals(PUSH))
                .map(FormField::ofImage)
                .toList();
    }
}
