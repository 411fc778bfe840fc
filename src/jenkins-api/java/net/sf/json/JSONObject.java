package net.sf.json;

import java.util.Set;

/** Of org.kohsuke.stapler:json-lib. */
public final class JSONObject extends AbstractJSON {
    public JSONObject() {}

    public Object get(Object object) {
        throw new UnsupportedOperationException();
    }

    public Object get(String string) {
        throw new UnsupportedOperationException();
    }

    public Set<String> keySet() {
        throw new UnsupportedOperationException();
    }

    public String optString(String string) {
        throw new UnsupportedOperationException();
    }

    public Object put(String string, Object object) {
        throw new UnsupportedOperationException();
    }

    public Object remove(String string) {
        throw new UnsupportedOperationException();
    }
}
