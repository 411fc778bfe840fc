package hudson;

/** Of org.jenkins-ci.main:jenkins-core. */
public class Util {
    public Util() {}

    public static String fixEmpty(String string) {
        throw new UnsupportedOperationException();
    }

    public static String fixEmptyAndTrim(String string) {
        throw new UnsupportedOperationException();
    }

    public static String fixNull(String string) {
        throw new UnsupportedOperationException();
    }

    public static String getTimeSpanString(long value) {
        throw new UnsupportedOperationException();
    }
}
