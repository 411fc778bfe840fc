package org.jenkinsci.remoting;

import java.io.Serializable;

/** Of org.jenkins-ci.main:remoting. */
public interface SerializableOnlyOverRemoting extends Serializable {}
