/** POSIX shell text: words that no user string can turn into an option, a second command or an expansion. */
package io.jenkins.plugins.cvmfs.engine.shell;
