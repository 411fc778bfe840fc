/**
 * Reads Dockerfiles as BuildKit does. {@link Dockerfile#parse} is the way in; {@link SyntaxDirective} tells which
 * frontends may read a file, for decisions about trust.
 */
package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;
