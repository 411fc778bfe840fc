package io.jenkins.plugins.cvmfs.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import com.cloudbees.plugins.credentials.domains.URIRequirementBuilder;
import hudson.AbortException;
import hudson.model.Item;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.cvmfs.engine.login.ConfiguredLogin;
import io.jenkins.plugins.cvmfs.engine.login.LoginChoice;
import io.jenkins.plugins.cvmfs.engine.login.RegistryName;
import io.jenkins.plugins.cvmfs.engine.options.ImageReference;
import io.jenkins.plugins.cvmfs.engine.spec.InvalidSpecException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.authentication.tokens.api.AuthenticationTokens;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.docker.commons.credentials.DockerRegistryToken;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Finds the credentials of registries. Only ids are ever saved. */
@Restricted(NoExternalUse.class)
public final class RegistryCredentials {
    private RegistryCredentials() {}

    /**
     * Chooses the credentials that a build uses for each registry.
     *
     * @param tags what is pushed
     * @param read other images that the build uses
     * @param named the tags of images whose credentials are named, by id; these go to the one registry of the tags
     * @throws AbortException if docker cannot use the credentials that the tags need together
     */
    public static LoginChoice choice(
            Collection<ImageReference> tags,
            Collection<ImageReference> read,
            Map<String, ? extends Collection<ImageReference>> named)
            throws AbortException {
        List<ConfiguredLogin> configured = DerivedImageConfiguration.get().getRegistries().stream()
                .filter(registry -> registry.getCredentialsId() != null)
                .flatMap(registry -> registry.login().stream())
                .toList();
        Map<String, String> hosts = new LinkedHashMap<>();
        for (Map.Entry<String, ? extends Collection<ImageReference>> each : named.entrySet()) {
            String host = onlyHost(each.getValue(), each.getKey());
            String other = hosts.putIfAbsent(host, each.getKey());
            if (other != null) {
                throw twoLogins(host, other, each.getKey());
            }
        }
        Set<ImageReference> unnamed = new LinkedHashSet<>(tags);
        named.values().forEach(unnamed::removeAll);
        for (ConfiguredLogin login : configured) {
            String other = hosts.get(login.host());
            boolean needed = unnamed.stream()
                    .anyMatch(tag -> RegistryName.of(tag.registry()).equals(login.host()));
            if (other != null && needed && !other.equals(login.id())) {
                throw twoLogins(login.host(), other, login.id());
            }
        }
        Stream<ConfiguredLogin> own =
                hosts.entrySet().stream().map(host -> new ConfiguredLogin(host.getKey(), "", host.getValue()));
        try {
            return LoginChoice.of(
                    Stream.concat(own, configured.stream().filter(login -> !hosts.containsKey(login.host())))
                            .toList(),
                    tags,
                    read);
        } catch (InvalidSpecException e) {
            throw new AbortException(e.getMessage());
        }
    }

    private static AbortException twoLogins(String host, String one, String other) {
        return new AbortException("The images of this step use the credentials '" + one + "' and '" + other + "' for "
                + host
                + ", but docker has one login for each registry. Fix: use credentials that may push all of them, "
                + "or a step for each.");
    }

    private static String onlyHost(Collection<ImageReference> tags, String credentialsId) throws AbortException {
        Set<String> hosts = tags.stream()
                .map(tag -> RegistryName.of(tag.registry()))
                .collect(Collectors.toCollection(TreeSet::new));
        if (hosts.size() > 1) {
            throw new AbortException("credentialsId is '" + credentialsId + "': the tags name several registries ("
                    + String.join(", ", hosts) + "); give each its credentials in the configuration instead");
        }
        return hosts.iterator().next();
    }

    /**
     * The logins for a docker configuration.
     *
     * @param run the run that builds, for which credentials are looked up
     * @return Base64 of {@code user:password} by the key that docker's config.json has for the registry
     * @throws AbortException if credentials are missing or of another type
     */
    public static Map<String, String> auths(Run<?, ?> run, LoginChoice choice) throws AbortException {
        Map<String, String> auths = new LinkedHashMap<>();
        for (Map.Entry<String, String> chosen : new TreeMap<>(choice.ids()).entrySet()) {
            String token = token(run, chosen.getKey(), chosen.getValue());
            RegistryName.keys(chosen.getKey()).forEach(key -> auths.put(key, token));
        }
        return auths;
    }

    /** Descriptions of a build's logins, by registry. */
    public static Map<String, String> names(LoginChoice choice) {
        return choice.ids().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> "the credentials '" + entry.getValue() + "'"));
    }

    private static String token(Run<?, ?> run, String host, String id) throws AbortException {
        List<DomainRequirement> requirements =
                URIRequirementBuilder.fromUri("https://" + host).build();
        IdCredentials credentials = CredentialsProvider.findCredentialById(id, IdCredentials.class, run, requirements);
        if (credentials == null) {
            throw new AbortException("There are no credentials with the ID '" + id + "' for the registry " + host
                    + ". They were looked for in what " + run.getParent().getFullDisplayName()
                    + " may use: its folders and the global credentials, not those of scope System.");
        }
        CredentialsProvider.track(run, credentials);
        return token(host, id, credentials);
    }

    /**
     * The login that builds would use, for an administrator's test.
     *
     * @throws AbortException if there is none, or jobs cannot use it
     */
    static String systemToken(String host, String id) throws AbortException {
        List<DomainRequirement> requirements =
                URIRequirementBuilder.fromUri("https://" + host).build();
        IdCredentials credentials = CredentialsMatchers.firstOrNull(
                CredentialsProvider.lookupCredentialsInItemGroup(
                        IdCredentials.class, Jenkins.get(), ACL.SYSTEM2, requirements),
                CredentialsMatchers.withId(id));
        if (credentials == null) {
            throw new AbortException(
                    "There are no global credentials with the ID '" + id + "' for the registry " + host + ".");
        }
        if (credentials.getScope() == CredentialsScope.SYSTEM) {
            throw new AbortException("The credentials '" + id
                    + "' have the scope System, so no job can use them. Give them the scope Global.");
        }
        return token(host, id, credentials);
    }

    private static String token(String host, String id, IdCredentials credentials) throws AbortException {
        DockerRegistryToken token = AuthenticationTokens.convert(DockerRegistryToken.class, credentials);
        if (token == null) {
            throw new AbortException("The credentials '" + id + "' for the registry " + host
                    + " are not a registry login; expected a user name with password, or a type provided by a "
                    + "registry's own plugin.");
        }
        return token.getToken();
    }

    /** The registry credentials that can be chosen when configuring {@code item}, or the system if it is null. */
    public static ListBoxModel choices(Item item, String current) {
        return CredentialsChoice.of(item, current, AuthenticationTokens.matcher(DockerRegistryToken.class));
    }
}
