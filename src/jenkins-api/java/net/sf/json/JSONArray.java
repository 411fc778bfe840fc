package net.sf.json;

/** Of org.kohsuke.stapler:json-lib. */
public final class JSONArray extends AbstractJSON {
    public JSONArray() {}

    public boolean add(Object object) {
        throw new UnsupportedOperationException();
    }
}
