package io.jenkins.plugins.cvmfs.engine.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** Finds what a machine has and lacks for either strategy. It makes nothing and pulls nothing. */
public final class Doctor {
    private final Probe probe;
    private final FrontEnd frontEnd;

    /**
     * @param probe reaches the machine
     * @param frontEnd in whose words a fix is
     */
    public Doctor(Probe probe, FrontEnd frontEnd) {
        this.probe = probe;
        this.frontEnd = frontEnd;
    }

    /**
     * What is found.
     *
     * @param common what both strategies need
     * @param buildx what strategy buildx needs: the plugin, then the builders, of which one is enough
     * @param commit what strategy commit needs
     */
    public record Report(List<Check> common, List<Check> buildx, List<Check> commit) {
        /** Whether strategy buildx can work. */
        public boolean buildxWorks() {
            return works(common)
                    && works(buildx.subList(0, Math.min(1, buildx.size())))
                    && buildx.stream().skip(1).anyMatch(check -> check.state() != Check.State.LACKING);
        }

        /** Whether strategy commit can work. */
        public boolean commitWorks() {
            return works(common) && !commit.isEmpty() && works(commit);
        }

        private static boolean works(List<Check> checks) {
            return checks.stream().noneMatch(check -> check.state() == Check.State.LACKING);
        }
    }

    /** Looks. */
    public Report report() {
        return report(null);
    }

    /**
     * Looks, and tries whether a RUN can resolve a name, which makes a build of two lines.
     *
     * @param host the name, or null for none
     */
    public Report report(String host) {
        EngineChecks engine = new EngineChecks(probe, frontEnd);
        MachineChecks machine = new MachineChecks(probe);
        List<Check> common = new ArrayList<>(engine.reached());
        common.addAll(machine.checks(engine.isLocal()));
        List<Check> buildx = new ArrayList<>();
        List<Check> commit = new ArrayList<>();
        if (engine.answers()) {
            common.add(machine.room("disk of the engine", engine.isLocal() ? engine.root() : null));
            BuilderChecks builders = new BuilderChecks(probe, engine, frontEnd);
            buildx.addAll(builders.checks());
            commit.add(engine.mayMount());
            common.addAll(new HostCvmfsChecks(probe).checks(engine.isLocal()));
            if (host != null) {
                common.add(builders.resolves(host));
            }
        }
        return new Report(List.copyOf(common), List.copyOf(buildx), List.copyOf(commit));
    }
}
