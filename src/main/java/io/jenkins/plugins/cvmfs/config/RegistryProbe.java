package io.jenkins.plugins.cvmfs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Asks a registry, as docker would, whether it accepts a login. Changes nothing.
 *
 * <p>Redirects are not followed. A login is sent only to the registry and to the token server that the registry names,
 * which must use encryption or be the registry's own host. No result contains any part of the login.
 */
@Restricted(NoExternalUse.class)
final class RegistryProbe {
    private static final String HUB = "registry-1.docker.io";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int REDIRECT = 300;
    private static final int BAD = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final HttpClient client;
    private final String host;
    private final URI api;
    private final Duration patience;

    /**
     * @param builder of the HTTP client, with the proxy
     * @param scheme http or https
     * @param host the registry's host and port as in image references
     */
    RegistryProbe(HttpClient.Builder builder, String scheme, String host) {
        this(builder, scheme, host, PATIENCE);
    }

    /** @param patience time limit for each request, including its response */
    RegistryProbe(HttpClient.Builder builder, String scheme, String host, Duration patience) {
        this.patience = patience;
        this.client = builder.followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
        this.host = host;
        this.api = URI.create(scheme + "://" + (host.equals(ImageReference.DOCKER_HUB) ? HUB : host) + "/v2/");
    }

    /**
     * The result.
     *
     * @param good whether builds can use the registry with this login
     * @param text for an administrator
     */
    record Answer(boolean good, String text) {}

    /** @param login Base64 of {@code user:password}, or null to ask only whether the registry is there */
    Answer ask(String login) {
        try {
            Reply first = get(api, null);
            if (first.status == OK) {
                return new Answer(true, "The registry " + host + " answers and requires no login.");
            }
            if (first.status != UNAUTHORIZED) {
                return unexpected(api, first);
            }
            if (login == null) {
                return new Answer(true, "The registry " + host + " answers and requires a login.");
            }
            String challenge = first.challenge.toLowerCase(Locale.ROOT);
            if (challenge.startsWith("basic")) {
                return verdict(get(api, "Basic " + login));
            }
            return challenge.startsWith("bearer")
                    ? bearer(first.challenge, login)
                    : bad("requires a kind of login that docker does not support");
        } catch (IOException e) {
            if (isPlain()) {
                return bad(
                        "answers without encryption, but docker expects HTTPS. Give it a certificate, or list it under "
                                + "insecure-registries of the engines and begin the URL here with http://");
            }
            // The client's messages contain addresses and protocols, but no headers.
            return bad("cannot be reached at " + api + ": "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return bad("did not answer before the test was interrupted");
        }
    }

    private Answer bearer(String challenge, String login) throws IOException, InterruptedException {
        Optional<URI> realm = parameter(challenge, "realm").flatMap(RegistryProbe::uri);
        if (realm.isEmpty()) {
            return bad("names no token server");
        }
        boolean safe = "https".equalsIgnoreCase(realm.get().getScheme())
                ? api.getScheme().equals("https") || realm.get().getHost().equals(api.getHost())
                : "http".equalsIgnoreCase(realm.get().getScheme())
                        && api.getScheme().equals("http")
                        && realm.get().getAuthority().equals(api.getAuthority());
        if (!safe) {
            return bad("asks to send the login to " + realm.get().getScheme() + "://"
                    + realm.get().getAuthority() + ", which is another host or is not encrypted; the login was not "
                    + "sent");
        }
        Reply reply = get(withQuery(realm.get(), parameter(challenge, "service")), "Basic " + login);
        if (reply.status != OK) {
            return reply.status == UNAUTHORIZED || reply.status == FORBIDDEN
                    ? verdict(reply)
                    : unexpected(realm.get(), reply);
        }
        Optional<String> token = token(reply.body);
        return token.isEmpty()
                ? bad("has a token server that returned no token")
                : verdict(get(api, "Bearer " + token.get()));
    }

    private static URI withQuery(URI realm, Optional<String> service) {
        String query = service.map(name -> "service=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        return URI.create(realm + (query.isEmpty() ? "" : (realm.getQuery() == null ? "?" : "&") + query));
    }

    private static Optional<String> parameter(String challenge, String name) {
        Matcher matcher = PARAMETER.matcher(challenge);
        while (matcher.find()) {
            if (matcher.group(1).equalsIgnoreCase(name)) {
                return Optional.of(matcher.group(2));
            }
        }
        return Optional.empty();
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(URI.create(text)).filter(uri -> uri.getHost() != null && uri.getUserInfo() == null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> token(String body) {
        try {
            JsonNode json = new ObjectMapper().readTree(body);
            String token = json.path("token").asText(json.path("access_token").asText(""));
            return Optional.of(token)
                    .filter(text -> !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 0x7f));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private Answer verdict(Reply reply) {
        if (reply.status == OK) {
            return new Answer(true, "The registry " + host + " accepts the login.");
        }
        return reply.status == UNAUTHORIZED || reply.status == FORBIDDEN
                ? bad("refuses the login (HTTP " + reply.status + ")")
                : unexpected(api, reply);
    }

    private Answer unexpected(URI asked, Reply reply) {
        String text = reply.status >= REDIRECT && reply.status < BAD
                ? "redirects (HTTP " + reply.status + "), which is not followed"
                : "answers HTTP " + reply.status;
        return bad(text + " at " + asked.getScheme() + "://" + asked.getAuthority() + asked.getPath()
                + "; see whether the URL is that of a registry");
    }

    private Answer bad(String text) {
        return new Answer(false, "The registry " + host + " " + text + ".");
    }

    /** Whether an unencrypted registry answers where an encrypted one was expected. No login is sent. */
    private boolean isPlain() {
        if (!api.getScheme().equals("https")) {
            return false;
        }
        try {
            int status = get(URI.create("http://" + api.getAuthority() + api.getPath()), null).status;
            return status == OK || status == UNAUTHORIZED;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Reply get(URI uri, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        // The client's own timeout ends with the headers.
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(request.build(), LimitedBody.handler());
        try {
            HttpResponse<String> response = exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("WWW-Authenticate").orElse(""),
                    response.body());
        } catch (TimeoutException e) {
            throw new IOException("no complete answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private record Reply(int status, String challenge, String body) {}
}
