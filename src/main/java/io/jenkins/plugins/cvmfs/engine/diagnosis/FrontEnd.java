package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How a front end phrases messages.
 *
 * @param naming how it spells an option, given the option's name ({@code cvmfsHttpProxy})
 * @param logins descriptions of the build's logins, by the registry's host: {@code credentials 'robot'}
 */
public record FrontEnd(UnaryOperator<String> naming, Map<String, String> logins) {
    /** Option names as in the table, and no known logins. */
    public static final FrontEnd PLAIN = new FrontEnd(UnaryOperator.identity(), Map.of());
}
