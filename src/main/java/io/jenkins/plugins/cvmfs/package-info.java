/** The Pipeline step and the freestyle builder, what they share, and the result they return. */
package io.jenkins.plugins.cvmfs;
