/** What a run keeps and shows of the images it built: pages, variables, artifacts, fingerprints. */
package io.jenkins.plugins.cvmfs.pages;
