/** The options of an image, its builder and the CVMFS client, each declared once. */
package io.jenkins.plugins.cvmfs.engine.options;
