package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a front end speaks to its users.
 *
 * @param naming how it spells an option, given the option's name ({@code cvmfsHttpProxy})
 * @param logins what the build logged in with, by the registry's host: {@code credentials 'robot'}
 */
public record FrontEnd(UnaryOperator<String> naming, Map<String, String> logins) {
    /** Options by their names, and nothing known of logins. */
    public static final FrontEnd PLAIN = new FrontEnd(UnaryOperator.identity(), Map.of());
}
