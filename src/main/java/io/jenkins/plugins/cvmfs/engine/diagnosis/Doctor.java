package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what a machine has and lacks for either strategy. It makes nothing and pulls nothing. */
public final class Doctor {
    private final Probe probe;
    private final FrontEnd frontEnd;
    private final String directory;

    /**
     * @param probe reaches the machine
     * @param frontEnd in whose words a fix is
     */
    public Doctor(Probe probe, FrontEnd frontEnd) {
        this(probe, frontEnd, HostDirectory.DEFAULT);
    }

    /**
     * @param probe reaches the machine
     * @param frontEnd in whose words a fix is
     * @param directory where the machine has its CVMFS repositories
     */
    public Doctor(Probe probe, FrontEnd frontEnd, String directory) {
        this.probe = probe;
        this.frontEnd = frontEnd;
        this.directory = directory;
    }

    /**
     * What is found.
     *
     * @param common what both strategies need
     * @param buildx what strategy buildx needs: the plugin, then the builders, of which one is enough
     * @param commit what strategy commit needs
     * @param host what builds need that read the machine's own /cvmfs
     */
    public record Report(List<Check> common, List<Check> buildx, List<Check> commit, Host host) {
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

        /** Whether strategy buildx can read the machine's own /cvmfs, with the engine's own builder. */
        public boolean hostBuildxWorks() {
            return hostCommitWorks() && works(buildx.subList(0, Math.min(1, buildx.size()))) && works(host.device());
        }

        /** Whether strategy commit, and smoke tests, can read the machine's own /cvmfs. */
        public boolean hostCommitWorks() {
            return works(common) && !host.directory().isEmpty() && works(host.directory());
        }

        /**
         * In one line, whether builds can read the machine's own /cvmfs; with the fix of the first thing that is in the
         * way.
         *
         * @param machine how the line calls it
         */
        public Check hostSummary(String machine) {
            Optional<Check> obstacle = Stream.of(common, host.directory(), host.device())
                    .flatMap(List::stream)
                    .filter(check -> check.state() != Check.State.OK)
                    .findFirst();
            if (obstacle.isEmpty()) {
                return Check.ok(
                        machine,
                        "both strategies can read "
                                + host.directory().get(0).what() + " ("
                                + host.directory().get(0).found() + ")");
            }
            String why = obstacle.get().what() + ": " + obstacle.get().found();
            return hostCommitWorks()
                    ? Check.warning(
                            machine,
                            "only strategy commit can read it; " + why,
                            obstacle.get().fix())
                    : Check.lacking(
                            machine,
                            "no build can read it; " + why,
                            obstacle.get().fix());
        }

        private static boolean works(List<Check> checks) {
            return checks.stream().noneMatch(check -> check.state() == Check.State.LACKING);
        }
    }

    /**
     * What builds need that read the machine's own /cvmfs.
     *
     * @param directory what any container needs
     * @param device what a RUN needs besides
     */
    public record Host(List<Check> directory, List<Check> device) {}

    /** Looks for what builds need that read the machine's own /cvmfs, and for nothing else. */
    public Report hostReport() {
        EngineChecks engine = new EngineChecks(probe, frontEnd);
        return new Report(List.copyOf(engine.reached()), List.of(), List.of(), host(engine));
    }

    private Host host(EngineChecks engine) {
        if (!engine.answers()) {
            return new Host(List.of(), List.of());
        }
        HostCvmfsChecks cvmfs = new HostCvmfsChecks(probe, frontEnd, directory);
        return new Host(cvmfs.directory(engine.isLocal()), cvmfs.device());
    }

    /**
     * Looks for what driver kubernetes needs of the cluster of the kubeconfig.
     *
     * @param namespace of the builder's pods, or an empty text for the kubeconfig's
     */
    public List<Check> cluster(String namespace) {
        return new ClusterChecks(probe, frontEnd, namespace).checks();
    }

    /** Looks. */
    public Report report() {
        return report(null);
    }

    /**
     * Looks, and tries whether a RUN can resolve a name, which makes a build of two lines.
     *
     * @param name of a host, or null for none
     */
    public Report report(String name) {
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
            if (name != null) {
                common.add(builders.resolves(name));
            }
        }
        return new Report(List.copyOf(common), List.copyOf(buildx), List.copyOf(commit), host(engine));
    }
}
