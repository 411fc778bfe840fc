package io.jenkins.plugins.cvmfs.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.cvmfs.engine.spec.BuilderSpec;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Builds whose engine is started again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultEngineDockerIT {
    // The engine's own builder does not end a RUN with itself.
    private static final int A_MOMENT = 30;

    private FaultEngine engine;
    private FaultRig faults;

    @BeforeAll
    void prepare() throws Exception {
        FaultRig.needsEngine();
        engine = new FaultEngine();
        engine.copy(BuilderSpec.DEFAULT_IMAGE);
        faults = new FaultRig(engine.environment());
        faults.rig().docker("pull", "--quiet", Rig.baseImageInRegistry()).answer();
        faults.rig().docker("tag", Rig.baseImageInRegistry(), Rig.baseImage()).answer();
    }

    @AfterAll
    void close() throws Exception {
        try {
            if (faults != null) {
                faults.close();
            }
        } finally {
            if (engine != null) {
                engine.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void restart(FaultWay way) throws Exception {
        faults.needs(way);
        try (FaultBuild build = faults.start(way, A_MOMENT)) {
            build.awaitMiddle();
            engine.stop();
            assertThat(build.end()).as(build.output()).isEqualTo(1);
            assertThat(build.told()).as(build.output()).contains("failed with exit code");
            engine.start();
            Set<String> left = way == FaultWay.COMMIT
                    ? Set.of(FaultRig.CONTAINER, FaultRig.NOTE)
                    : way == FaultWay.EPHEMERAL ? Set.of(FaultRig.CONTAINER, FaultRig.VOLUME, FaultRig.NOTE) : Set.of();
            faults.row("the engine is started again", way, build, build.outcome(), left);
        }
    }
}
