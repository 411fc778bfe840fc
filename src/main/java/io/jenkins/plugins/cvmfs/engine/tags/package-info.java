/** Tags, labels and annotations from the facts of a run: branch, tag, commit, build. */
package io.jenkins.plugins.cvmfs.engine.tags;
