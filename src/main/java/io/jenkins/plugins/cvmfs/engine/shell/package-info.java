/** POSIX shell text: no user string can become an option, a second command or an expansion. */
package io.jenkins.plugins.cvmfs.engine.shell;
