/** The description of a derived image: immutable, validated once, independent of docker's options. */
package io.jenkins.plugins.cvmfs.engine.spec;
