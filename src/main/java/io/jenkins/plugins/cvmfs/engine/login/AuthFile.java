package io.jenkins.plugins.cvmfs.engine.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The logins of a file in the format of docker's {@code config.json}. */
public final class AuthFile {
    static final String AUTHS = "auths";
    static final String HELPERS = "credHelpers";
    static final String STORE = "credsStore";
    static final List<String> LOGINS = List.of(AUTHS, HELPERS, STORE);

    private final ObjectNode logins;

    private AuthFile(ObjectNode logins) {
        this.logins = logins;
    }

    /** Reads a file's text; empty if it contains no logins. */
    public static Optional<AuthFile> parse(String text) {
        try {
            JsonNode root = new ObjectMapper().readTree(text);
            if (!(root instanceof ObjectNode object) || !isFile(object)) {
                return Optional.empty();
            }
            return Optional.of(new AuthFile(object.deepCopy().retain(LOGINS)));
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the file.
            return Optional.empty();
        }
    }

    private static boolean isFile(ObjectNode root) {
        boolean any = LOGINS.stream().anyMatch(root::has);
        return any
                && (!root.has(AUTHS) || root.get(AUTHS).isObject())
                && (!root.has(HELPERS) || root.get(HELPERS).isObject())
                && (!root.has(STORE) || root.get(STORE).isTextual());
    }

    /** Only the logins. */
    ObjectNode logins() {
        return logins;
    }

    /** The texts of the file to mask in logs. */
    public List<String> hidden() {
        List<String> hidden = new ArrayList<>();
        for (JsonNode login : logins.path(AUTHS)) {
            hidden.addAll(hidden(List.of(login.path("auth").asText(""))));
            for (String field : List.of("password", "identitytoken", "registrytoken")) {
                hidden.add(login.path(field).asText(""));
            }
        }
        return hidden;
    }

    /**
     * The texts of logins to mask in logs: the logins, decoded and as written, and their passwords.
     *
     * @param auths Base64 of {@code user:password}
     */
    public static List<String> hidden(Collection<String> auths) {
        List<String> hidden = new ArrayList<>(auths);
        for (String auth : auths) {
            // docker takes Base64 that is broken into lines.
            String joined = auth.replaceAll("\\s", "");
            hidden.add(joined);
            try {
                String login = new String(Base64.getDecoder().decode(joined), StandardCharsets.UTF_8);
                hidden.add(login);
                hidden.add(login.substring(login.indexOf(':') + 1));
            } catch (IllegalArgumentException e) {
                // A token of another form is hidden as it is.
            }
        }
        return hidden;
    }
}
