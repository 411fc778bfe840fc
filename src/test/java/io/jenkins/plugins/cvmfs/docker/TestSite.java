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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A directory of a test as the place where a build runs; what the script wrote can be read afterwards. */
final class TestSite implements Site {
    private final Rig rig;
    private final Path directory;
    private String output = "";
    private Instant began;

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
        return new ResultTexts(ResultTexts.read(directory)).read(file);
    }

    @Override
    public void close() throws IOException {
        Rig.delete(directory);
    }

    String output() {
        return output;
    }
}
