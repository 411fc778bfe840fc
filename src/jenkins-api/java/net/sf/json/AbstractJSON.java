package net.sf.json;

/** Of org.kohsuke.stapler:json-lib. */
abstract class AbstractJSON {
    AbstractJSON() {}
}
