package io.jenkins.plugins.cvmfs.cli;

/** A command that takes the options of an image. */
interface DescribesImage {
    ImageArguments image();
}
