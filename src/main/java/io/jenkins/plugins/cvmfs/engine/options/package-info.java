/** The options of an image, of its builder and of the CVMFS client: each is declared once. */
package io.jenkins.plugins.cvmfs.engine.options;
