package io.jenkins.plugins.cvmfs.engine.plan;

/**
 * The role of a build among those of one call.
 *
 * @param alone whether it is the only one
 * @param held whether it is pushed in a second part of its script, after all others have been built
 * @param builder the builder that was created for all builds of this call, or null
 */
record Role(boolean alone, boolean held, String builder) {
    static final Role ALONE = new Role(true, false, null);
}
