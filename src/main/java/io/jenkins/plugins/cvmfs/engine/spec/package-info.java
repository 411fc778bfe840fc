/** What is wanted: an immutable description of one derived image, validated once, that knows no docker option. */
package io.jenkins.plugins.cvmfs.engine.spec;
