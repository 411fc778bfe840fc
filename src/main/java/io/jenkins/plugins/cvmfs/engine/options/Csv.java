package io.jenkins.plugins.cvmfs.engine.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of comma-separated fields, quoted as docker reads them (RFC 4180). */
public final class Csv {
    private Csv() {}

    /** The fields of a row; empty if it is malformed. */
    public static Optional<List<String>> fields(String row) {
        List<String> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            StringBuilder field = new StringBuilder();
            if (at < row.length() && row.charAt(at) == '"') {
                at = quoted(row, at + 1, field);
                if (at < 0 || at < row.length() && row.charAt(at) != ',') {
                    return Optional.empty();
                }
            } else {
                int end = row.indexOf(',', at);
                end = end < 0 ? row.length() : end;
                field.append(row, at, end);
                at = end;
                if (field.indexOf("\"") >= 0) {
                    return Optional.empty();
                }
            }
            fields.add(field.toString());
            if (at >= row.length()) {
                return Optional.of(fields);
            }
            at++;
        }
    }

    /** Reads to the end of a quoted field. Returns the position after it, or -1. */
    private static int quoted(String row, int from, StringBuilder field) {
        for (int at = from; at < row.length(); at++) {
            if (row.charAt(at) != '"') {
                field.append(row.charAt(at));
            } else if (at + 1 < row.length() && row.charAt(at + 1) == '"') {
                field.append('"');
                at++;
            } else {
                return at + 1;
            }
        }
        return -1;
    }

    /** Joins fields to a row. */
    public static String row(List<String> fields) {
        return fields.stream().map(Csv::field).collect(Collectors.joining(","));
    }

    /** One field, quoted if necessary. */
    public static String field(String field) {
        boolean quoted = field.indexOf(',') >= 0
                || field.indexOf('"') >= 0
                || field.indexOf('\n') >= 0
                || field.indexOf('\r') >= 0
                || field.startsWith(" ");
        return quoted ? '"' + field.replace("\"", "\"\"") + '"' : field;
    }
}
