package io.jenkins.plugins.cvmfs.pages;

import io.jenkins.plugins.cvmfs.engine.record.BuildSteps;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Which steps of a build came from the cache, on pages and in the remote API. */
@Restricted(NoExternalUse.class)
@ExportedBean(defaultVisibility = 2)
public final class ExportedSteps {
    private final BuildSteps steps;

    ExportedSteps(BuildSteps steps) {
        this.steps = steps;
    }

    @Exported
    public int getCached() {
        return steps.cached();
    }

    @Exported
    public int getRun() {
        return steps.run();
    }

    /** The slowest steps, the slowest first. */
    @Exported(inline = true)
    public List<Slow> getSlowest() {
        return steps.slowest().stream().map(Slow::new).toList();
    }

    /** A slow step. */
    @Restricted(NoExternalUse.class)
    @ExportedBean(defaultVisibility = 2)
    public static final class Slow {
        private final BuildSteps.Step step;

        Slow(BuildSteps.Step step) {
            this.step = step;
        }

        /** Its stage, its number and the name of its instruction. */
        @Exported
        public String getStep() {
            return step.step();
        }

        @Exported
        public long getMillis() {
            return step.millis();
        }

        /** The formatted duration. */
        public String getReadable() {
            return DerivedImageAction.duration(step.millis());
        }
    }
}
