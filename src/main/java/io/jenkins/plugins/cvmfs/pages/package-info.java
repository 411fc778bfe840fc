/** What a run keeps and shows of its images: pages, variables, artifacts, fingerprints. */
package io.jenkins.plugins.cvmfs.pages;
