package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.options.Strategy;
import io.jenkins.plugins.cvmfs.engine.plan.Phase;
import io.jenkins.plugins.cvmfs.engine.spec.ImageSpec;
import java.util.regex.Matcher;

/** Tells why a build failed, from where it was and what was last written. */
public final class Diagnosis {
    // docker's own failure, not that of what runs in the container.
    private static final int NOT_STARTED = 125;
    private static final int KILLED = 137;
    private static final int NOT_FOUND = 127;
    private static final int SIGNAL = 128;

    private final ImageSpec spec;

    /** @param spec what was to be built */
    public Diagnosis(ImageSpec spec) {
        this.spec = spec;
    }

    /**
     * An answer to a failure.
     *
     * @param phase where the script was, or null if it did not begin
     * @param exitCode the script's exit code
     * @param lastOutput the end of what was written, may be empty
     */
    public Finding of(Phase phase, int exitCode, String lastOutput) {
        String what = what(phase) + " failed with exit code " + exitCode + ".";
        for (Symptom symptom : Symptom.KNOWN) {
            Matcher matcher = symptom.text().matcher(lastOutput);
            if (matcher.find()) {
                return new Finding(what, filled(symptom.why(), matcher), filled(symptom.fix(), matcher));
            }
        }
        return unknown(what, phase, exitCode);
    }

    private static String filled(String text, Matcher matcher) {
        String group = null;
        for (int i = 1; i <= matcher.groupCount() && group == null; i++) {
            group = matcher.group(i);
        }
        return text.replace("$1", group == null ? "" : group.strip());
    }

    private Finding unknown(String what, Phase phase, int exitCode) {
        if (phase == Phase.TEST && exitCode != NOT_STARTED && !isStop(exitCode - SIGNAL)) {
            return new Finding(
                    what,
                    "The command of smokeTest ended with that code in a container of the image. Nothing was pushed, and no tag was given.",
                    "Fix what the output above shows: the image, or the test.");
        }
        if (exitCode == NOT_FOUND && phase != Phase.BUILD) {
            return new Finding(
                    what, "A command is missing on the machine that builds.", "Install what the output above names.");
        }
        if (exitCode == KILLED) {
            return new Finding(
                    what,
                    "A process was killed, most often for want of memory.",
                    "See the machine's log ('dmesg'), give it more memory.");
        }
        if (exitCode > SIGNAL && exitCode < KILLED + SIGNAL && isStop(exitCode - SIGNAL)) {
            return new Finding(what, "It was stopped by a signal.", "Build again.");
        }
        if (phase == Phase.BUILD && spec.strategy() == Strategy.COMMIT) {
            return new Finding(
                    what,
                    "The setup script or the base image's /run.sh ended with that code.",
                    "Fix what the output above shows.");
        }
        return new Finding(
                what,
                "The output above says why.",
                "Fix what it shows; 'doctor' on the command line tells what the machine lacks.");
    }

    private static boolean isStop(int signal) {
        return signal == 1 || signal == 2 || signal == 15;
    }

    private String what(Phase phase) {
        if (phase == null) {
            return "Starting the build";
        }
        return switch (phase) {
            case FETCH -> "Getting the setup script";
            case BUILDER -> "Making the builder";
            case BUILD -> spec.strategy() == Strategy.COMMIT ? "Performing the setup script" : "Building the image";
            case COMMIT -> "Making the image of the container";
            case TEST -> "The smoke test";
            case PUBLISH -> "Pushing the image";
            case COLLECT -> "Asking what was made";
        };
    }
}
