package io.jenkins.plugins.cvmfs.engine.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A docker configuration for one build: the user's, with further logins.
 *
 * <p>It is created where the build runs. From a configuration that another step or the job set
 * ({@code docker.withRegistry}), only the logins are used: plugins, contexts, builders and proxies are the user's.
 */
public final class DockerConfig {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLUGIN_DIRECTORIES = "cliPluginsExtraDirs";
    private static final String CONFIG = "config.json";
    private static final String VARIABLE = "DOCKER_CONFIG";

    /** Logins in the format of the file, which docker prefers to the file. */
    private static final String LOGINS_VARIABLE = "DOCKER_AUTH_CONFIG";

    private static final List<String> PLUGINS_OF_HOME =
            List.of("cli-plugins", "libexec/docker/cli-plugins", "lib/docker/cli-plugins");

    private static final int MOST = 4 * 1024 * 1024;

    private final Path users;
    private final Path inForce;
    private final Map<String, String> variables;
    private final List<Path> plugins;

    /** @param variables the environment in which the build's commands run */
    public DockerConfig(Map<String, String> variables) {
        this(variables, null);
    }

    /**
     * @param variables the environment in which the build's commands run
     * @param configured the user's {@code DOCKER_CONFIG}, or null for that of this process
     */
    public DockerConfig(Map<String, String> variables, String configured) {
        this(variables, configured, null);
    }

    /**
     * @param variables the environment in which the build's commands run
     * @param configured the user's {@code DOCKER_CONFIG}, or null for that of this process
     * @param home of the docker command, which may have plugins of its own; or null
     */
    public DockerConfig(Map<String, String> variables, String configured, Path home) {
        this.variables = variables;
        this.plugins = home == null
                ? List.of()
                : PLUGINS_OF_HOME.stream()
                        .map(home::resolve)
                        .filter(Files::isDirectory)
                        .toList();
        String own = configured == null ? System.getenv(VARIABLE) : configured;
        this.users = own == null
                ? Path.of(variables.getOrDefault("HOME", System.getProperty("user.home")), ".docker")
                : Path.of(own);
        this.inForce = variables.containsKey(VARIABLE) ? Path.of(variables.get(VARIABLE)) : users;
    }

    /** The texts to mask in logs from logins in an environment. */
    public static List<String> hidden(Map<String, String> variables) {
        return Optional.ofNullable(variables.get(LOGINS_VARIABLE))
                .flatMap(AuthFile::parse)
                .map(AuthFile::hidden)
                .orElse(List.of());
    }

    /**
     * Writes the configuration.
     *
     * @param directory must not exist yet
     * @param auths Base64 of {@code user:password} by registry
     * @return the environment variables that select it
     */
    public Map<String, String> write(Path directory, Map<String, String> auths) throws IOException {
        return write(directory, with(auths));
    }

    /** The user's configuration with the build's logins. */
    ObjectNode with(Map<String, String> auths) throws IOException {
        ObjectNode config = merged();
        // docker itself gives these precedence over the file.
        Optional.ofNullable(variables.get(LOGINS_VARIABLE))
                .flatMap(AuthFile::parse)
                .ifPresent(file -> file.logins()
                        .path(AuthFile.AUTHS)
                        .properties()
                        .forEach(each -> add(config, each.getKey(), each.getValue())));
        auths.forEach((registry, auth) -> RegistryName.keys(RegistryName.ofKey(registry))
                .forEach(key -> add(config, key, JSON.createObjectNode().put("auth", auth))));
        addPlugins(config);
        return config;
    }

    /**
     * Writes the configuration with the logins of a file instead of the user's.
     *
     * @param directory must not exist yet
     * @return the environment variables that select it
     */
    public Map<String, String> write(Path directory, AuthFile file) throws IOException {
        ObjectNode config = merged();
        config.remove(AuthFile.LOGINS);
        config.setAll(file.logins().deepCopy());
        for (Map.Entry<String, JsonNode> login :
                file.logins().path(AuthFile.AUTHS).properties()) {
            List<String> keys = RegistryName.keys(RegistryName.ofKey(login.getKey()));
            keys.stream()
                    .filter(key -> keys.size() > 1
                            && !file.logins().path(AuthFile.AUTHS).has(key))
                    .forEach(key -> ((ObjectNode) config.get(AuthFile.AUTHS)).set(key, login.getValue()));
        }
        addPlugins(config);
        return write(directory, config);
    }

    // Another configuration may name another engine, or plugins that docker runs.
    private ObjectNode merged() throws IOException {
        ObjectNode config = read(users);
        if (!inForce.equals(users)) {
            ObjectNode other = read(inForce);
            config.remove(AuthFile.LOGINS);
            AuthFile.LOGINS.stream().filter(other::has).forEach(name -> config.set(name, other.get(name)));
        }
        return config;
    }

    private Map<String, String> write(Path directory, ObjectNode merged) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path config = Files.createFile(
                directory.resolve(CONFIG),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(config, JSON.writeValueAsBytes(merged));
        linkContexts(directory);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(VARIABLE, directory.toString());
        environment.put(LOGINS_VARIABLE, "");
        environment.put(
                "BUILDX_CONFIG",
                variables.getOrDefault("BUILDX_CONFIG", users.resolve("buildx").toString()));
        return environment;
    }

    private static ObjectNode read(Path directory) throws IOException {
        Path file = directory.resolve(CONFIG);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return JSON.createObjectNode();
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw new IOException(file + " is larger than " + MOST / 1024 + " KiB; fix it or remove it");
            }
            JsonNode node = JSON.readTree(new String(bytes, StandardCharsets.UTF_8));
            return node instanceof ObjectNode object ? object : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the file, which may hold logins.
            throw new IOException(file + " is not valid JSON; fix it or remove it");
        }
    }

    // A registry named under credHelpers does not fall back to auths, and credsStore serves every other one.
    private static void add(ObjectNode config, String registry, JsonNode login) {
        object(config, AuthFile.AUTHS).set(registry, login);
        if (config.has(AuthFile.STORE) || config.path(AuthFile.HELPERS).has(registry)) {
            object(config, AuthFile.HELPERS).put(registry, "");
        }
    }

    private static ObjectNode object(ObjectNode config, String member) {
        return config.get(member) instanceof ObjectNode object ? object : config.putObject(member);
    }

    private void addPlugins(ObjectNode config) {
        Set<String> directories = new LinkedHashSet<>();
        this.plugins.forEach(directory -> directories.add(directory.toString()));
        config.path(PLUGIN_DIRECTORIES).forEach(directory -> directories.add(directory.asText("")));
        Path plugins = users.resolve("cli-plugins");
        if (Files.isDirectory(plugins)) {
            directories.add(plugins.toString());
        }
        if (!directories.isEmpty()) {
            ArrayNode array = config.putArray(PLUGIN_DIRECTORIES);
            directories.forEach(array::add);
        }
    }

    private void linkContexts(Path directory) throws IOException {
        Path contexts = users.resolve("contexts");
        if (Files.isDirectory(contexts)) {
            Files.createSymbolicLink(directory.resolve("contexts"), contexts.toAbsolutePath());
        }
    }
}
