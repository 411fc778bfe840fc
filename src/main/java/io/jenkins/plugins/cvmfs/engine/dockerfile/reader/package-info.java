/** Reads Dockerfiles as BuildKit does: what is an instruction, with its lines, flags, words and heredocs. */
package io.jenkins.plugins.cvmfs.engine.dockerfile.reader;
