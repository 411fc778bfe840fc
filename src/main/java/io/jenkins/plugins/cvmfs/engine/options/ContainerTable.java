package io.jenkins.plugins.cvmfs.engine.options;

import static io.jenkins.plugins.cvmfs.engine.options.Declaration.list;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.map;
import static io.jenkins.plugins.cvmfs.engine.options.Declaration.text;

import io.jenkins.plugins.cvmfs.engine.options.Gate.Part;
import io.jenkins.plugins.cvmfs.engine.options.Option.Recording;
import java.util.List;

/** Settings of the containers in which the steps of a build, setup scripts and smoke tests run. */
public final class ContainerTable {
    public static final Option ADD_HOSTS = list(Group.CONTAINERS, "addHosts", "Entries in /etc/hosts during the build.")
            .label("Host entries")
            .placeholder("HOST:ADDRESS")
            .commandLine("--add-host")
            .docker(DockerFlag.of("--add-host").andContainers())
            .allows(Grammar.of("[A-Za-z0-9_.-]+[:=](?:[0-9a-fA-F.:\\[\\]]+|host-gateway)", "HOST:ADDRESS"))
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option NETWORK = text(
                    Group.CONTAINERS,
                    "network",
                    "Network of the build: default, none or host; with strategy commit also a "
                            + "network of the engine.")
            .label("Network")
            .placeholder("NAME")
            .docker(DockerFlag.of("--network").andContainers())
            .allows(Grammar.of("[A-Za-z0-9][A-Za-z0-9_.:-]*", "default, none, host or the name of a network"))
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option ULIMITS = list(Group.CONTAINERS, "ulimits", "Limits for the build's processes.")
            .label("Limits")
            .placeholder("NAME=SOFT[:HARD]")
            .commandLine("--ulimit")
            .docker(DockerFlag.of("--ulimit").andContainers())
            .allows(Grammar.of("[a-z]+=-?[0-9]+(?::-?[0-9]+)?", "NAME=SOFT[:HARD], such as nofile=1024:4096"))
            .expands(Expansion.PAIR)
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option SHM_SIZE = text(
                    Group.CONTAINERS, "shmSize", "Size of /dev/shm during the build, such as 64m.")
            .label("Size of /dev/shm")
            .placeholder("SIZE")
            .docker(DockerFlag.of("--shm-size").andContainers())
            .allows(Grammar.of("[0-9]+(?:\\.[0-9]+)?[bkmgBKMG]?[bB]?", "a number with b, k, m or g, such as 64m"))
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option CGROUP_PARENT = text(
                    Group.CONTAINERS, "cgroupParent", "Parent control group of the build's processes.")
            .label("Parent control group")
            .placeholder("PATH")
            .docker(DockerFlag.of("--cgroup-parent").andContainers())
            .allows(Grammar.of(
                    "/?[A-Za-z0-9_][A-Za-z0-9_.:@-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.:@-]*)*",
                    "the path of a control group, such as /builds, or the name of a slice, such as builds.slice"))
            .records(Recording.VALUES)
            .advanced()
            .option();

    public static final Option RESOURCES = map(
                    Group.CONTAINERS,
                    "resources",
                    "Memory and CPU limits for each RUN, setup script and smoke test, such as memory=2g or "
                            + "cpuset-cpus=0-3.")
            .label("Resources")
            .placeholder("NAME=VALUE")
            .commandLine("--resource")
            .docker(DockerFlag.of("--resource").andContainersByName())
            .allows(Grammar.oneOf(
                    "memory", "memory-swap", "cpu-shares", "cpu-period", "cpu-quota", "cpuset-cpus", "cpuset-mems"))
            .allowsValues(Grammar.of(
                    "-1|[0-9]{1,18}(?:\\.[0-9]{1,9})?[bkmgBKMG]?[bB]?|[0-9]{1,4}(?:[,-][0-9]{1,4}){1,64}",
                    "a number, a size such as 2g, or CPUs such as 0-3,5"))
            .records(Recording.VALUES)
            .advanced()
            .needs(Gate.buildx("0.35")
                    .and(Part.BUILDKIT, "0.31")
                    .or("update it, or limit the whole builder by its driver options"))
            .option();

    static final List<Option> ALL = List.of(ADD_HOSTS, NETWORK, ULIMITS, SHM_SIZE, CGROUP_PARENT, RESOURCES);

    private ContainerTable() {}
}
