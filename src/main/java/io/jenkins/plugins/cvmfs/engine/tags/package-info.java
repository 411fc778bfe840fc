/** Tags, labels and annotations by what a run knows of itself: branch, tag, commit, build. */
package io.jenkins.plugins.cvmfs.engine.tags;
