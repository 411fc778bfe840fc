package io.jenkins.plugins.cvmfs.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** A registry of the tests, asked over its own API. */
final class Registry {
    private static final String MANIFESTS = String.join(
            ",",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.oci.image.index.v1+json");

    private final String address;
    private final String login;

    private Registry(String address, String login) {
        this.address = address;
        this.login = login;
    }

    static Registry plain() {
        return new Registry(System.getenv("REGISTRY_PLAIN"), null);
    }

    /** The one that wants a password. */
    static Registry secret() {
        return new Registry(System.getenv("REGISTRY_SECRET"), login(System.getenv("REGISTRY_USER"), password()));
    }

    /** One that wants another user and another password. */
    static Registry other() {
        return new Registry(
                System.getenv("REGISTRY_OTHER"), login(System.getenv("REGISTRY_OTHER_USER"), otherPassword()));
    }

    /** One without a password that a test starts itself. */
    static Registry at(String address) {
        return new Registry(address, null);
    }

    static String login(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    static String otherPassword() {
        return System.getenv("REGISTRY_OTHER_PASSWORD");
    }

    static String password() {
        return System.getenv("REGISTRY_PASSWORD");
    }

    String address() {
        return address;
    }

    /** The "auth" of docker's config.json, or null. */
    String login() {
        return login;
    }

    /** The digest under which the registry has what {@code reference} names; empty if it has none. */
    Optional<String> digest(String reference) throws IOException, InterruptedException {
        HttpResponse<String> response = manifest(reference);
        return response.statusCode() == 404
                ? Optional.empty()
                : response.headers().firstValue("Docker-Content-Digest");
    }

    /** The manifest or index. */
    JsonNode json(String reference) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(manifest(reference).body());
    }

    private HttpResponse<String> manifest(String reference) throws IOException, InterruptedException {
        String path = reference.substring(address.length() + 1);
        int at = path.indexOf('@') >= 0 ? path.indexOf('@') : path.lastIndexOf(':');
        URI uri = URI.create(
                "http://" + address + "/v2/" + path.substring(0, at) + "/manifests/" + path.substring(at + 1));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", MANIFESTS);
        if (login != null) {
            request.header("Authorization", "Basic " + login);
        }
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200 && response.statusCode() != 404) {
            throw new IOException(uri + " answers " + response.statusCode() + ": " + response.body());
        }
        return response;
    }
}
