package io.jenkins.plugins.cvmfs.engine.diagnosis;

import io.jenkins.plugins.cvmfs.engine.options.HostDirectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks what a machine has and lacks for either strategy. Creates nothing and pulls nothing. */
public final class Doctor {
    private final Probe probe;
    private final FrontEnd frontEnd;
    private final String directory;

    /**
     * @param probe reaches the machine
     * @param frontEnd how options in a fix are spelled
     */
    public Doctor(Probe probe, FrontEnd frontEnd) {
        this(probe, frontEnd, HostDirectory.DEFAULT);
    }

    /**
     * @param probe reaches the machine
     * @param frontEnd how options in a fix are spelled
     * @param directory where the machine has its CVMFS repositories
     */
    public Doctor(Probe probe, FrontEnd frontEnd, String directory) {
        this.probe = probe;
        this.frontEnd = frontEnd;
        this.directory = directory;
    }

    /**
     * The results.
     *
     * @param common checks for both strategies
     * @param buildx checks for strategy buildx: the plugin, then the builders, of which one is enough
     * @param commit checks for strategy commit
     * @param host checks for builds that read the machine's own /cvmfs
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
         * One line that says whether builds can read the machine's own /cvmfs, with the fix of the first obstacle.
         *
         * @param machine how the line refers to the machine
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
     * Checks for builds that read the machine's own /cvmfs.
     *
     * @param directory checks for any container
     * @param device further checks for a RUN
     */
    public record Host(List<Check> directory, List<Check> device) {}

    /** Checks only what builds need that read the machine's own /cvmfs. */
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
     * Checks what driver kubernetes needs in the cluster of the kubeconfig.
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
     * Runs all checks, and checks whether a RUN can resolve a name, with a build of two lines.
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
