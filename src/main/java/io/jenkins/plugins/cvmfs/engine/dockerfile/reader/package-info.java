/**
 * Reads Dockerfiles as BuildKit does. {@link Dockerfile#parse} is the way in; {@link SyntaxDirective} answers which
 * frontend may read a file where that is a question of trust.
 */
package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;
