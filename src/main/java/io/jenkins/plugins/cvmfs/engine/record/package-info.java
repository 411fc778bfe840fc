/** What was made: one versioned document, read from the files that the tools wrote, never from their logs. */
package io.jenkins.plugins.cvmfs.engine.record;
