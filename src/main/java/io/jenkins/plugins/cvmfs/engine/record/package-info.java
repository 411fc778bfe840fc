/**
 * The record of an image: one versioned document, created from the files that the tools wrote, never from their logs.
 */
package io.jenkins.plugins.cvmfs.engine.record;
