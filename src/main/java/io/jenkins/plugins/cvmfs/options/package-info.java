/** The options of an image as Jenkins binds and saves them. */
package io.jenkins.plugins.cvmfs.options;
