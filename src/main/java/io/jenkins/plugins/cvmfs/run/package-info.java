/** What a run keeps of the images it built: pages, variables, artifacts, fingerprints. */
package io.jenkins.plugins.cvmfs.run;
