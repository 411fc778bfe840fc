package io.jenkins.plugins.cvmfs.docker;

import io.jenkins.plugins.cvmfs.engine.plan.BuildPlan;
import io.jenkins.plugins.cvmfs.engine.plan.PlannedFile;
import io.jenkins.plugins.cvmfs.engine.plan.ResultFile;
import io.jenkins.plugins.cvmfs.engine.record.UnreadableResultException;
import io.jenkins.plugins.cvmfs.engine.runner.Outcome;
import io.jenkins.plugins.cvmfs.engine.runner.ResultTexts;
import io.jenkins.plugins.cvmfs.engine.runner.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A directory of a test as the place where a build runs; what the script wrote can be read afterwards. */
final class TestSite implements Site {
    private final Rig rig;
    private final Path directory;
    private String output = "";
    private Instant began;
    private Map<String, Long> left = Map.of();

    TestSite(Rig rig) throws IOException {
        this.rig = rig;
        this.directory = Files.createTempDirectory(rig.temporary(), "site-");
    }

    @Override
    public void layDown(List<PlannedFile> files) throws IOException {
        for (PlannedFile file : files) {
            Path path = directory.resolve(file.path());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.content());
            path.toFile().setExecutable(file.executable());
        }
    }

    @Override
    public void start() {
        began = Instant.now();
    }

    @Override
    public Outcome collect() throws IOException, InterruptedException {
        ProcessBuilder sh = rig.process(
                        "sh", directory.resolve(BuildPlan.SCRIPT).toString())
                .redirectErrorStream(true);
        Ran ran = Ran.of(sh);
        output = ran.out();
        return new Outcome(ran.exitCode(), output, Duration.between(began, Instant.now()));
    }

    @Override
    public Optional<String> read(ResultFile file) throws IOException, UnreadableResultException {
        return in("").read(file);
    }

    @Override
    public ResultTexts in(String folder) throws IOException {
        return new ResultTexts(ResultTexts.read(directory, folder));
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(directory)) {
            left = sizes();
        }
        Rig.delete(directory);
    }

    private Map<String, Long> sizes() throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.toList()) {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    sizes.put(
                            directory.relativize(path).toString(),
                            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                                    .size());
                }
            }
        }
        return sizes;
    }

    /** What was in the private directory at the end that is no directory, by its path in there, with its size. */
    Map<String, Long> left() {
        return left;
    }

    String output() {
        return output;
    }
}
