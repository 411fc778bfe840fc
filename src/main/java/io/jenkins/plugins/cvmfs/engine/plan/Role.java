package io.jenkins.plugins.cvmfs.engine.plan;

/**
 * What a build is among those of one call.
 *
 * @param alone whether it is the only one
 * @param held whether it is pushed in a second part of its script, when all others are built
 * @param builder the builder of all of them that was made for this call, or null
 */
record Role(boolean alone, boolean held, String builder) {
    static final Role ALONE = new Role(true, false, null);
}
