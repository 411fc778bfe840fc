package io.jenkins.plugins.cvmfs.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.cvmfs.durable.BuildState.Phase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transitions of a durable build, without Jenkins. */
class BuildStateTest {
    private static final int PATIENCE_SECONDS = 60;
    private static final int THREADS = 8;

    private final BuildState state = new BuildState("abc", "encrypted options");
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private static BuildState saved(BuildState state) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(state);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (BuildState) in.readObject();
        }
    }

    private void start() throws Exception {
        assertThat(state.launch(() -> {})).isTrue();
    }

    @Test
    void aBuildGoesThroughItsPhases() throws Exception {
        state.place("agent", "/private");
        assertThat(state.phase()).isEqualTo(Phase.PREPARE);
        assertThat(state.options()).isEqualTo("encrypted options");
        state.planned(new BuildState.Planned(List.of(new SavedImage("", "spec", null)), List.of("secret"), Map.of()));
        assertThat(state.hasScript()).isFalse();

        start();
        assertThat(state.phase()).isEqualTo(Phase.SCRIPT);
        assertThat(state.hasScript()).isTrue();
        assertThat(state.options()).as("no longer needed").isNull();

        assertThat(state.scriptEnded(0, null)).isTrue();
        assertThat(state.phase()).isEqualTo(Phase.COLLECT);
        assertThat(state.isCollectable()).isTrue();
        state.collected(null);
        assertThat(state.phase()).isEqualTo(Phase.END);
        assertThat(state.problem()).isEmpty();
        assertThat(state.deliver()).isTrue();
        assertThat(state.deliver()).as("once").isFalse();
    }

    @Test
    void savedStateSurvivesARestart() throws Exception {
        state.place("agent", "/private");
        state.planned(new BuildState.Planned(
                List.of(new SavedImage("", "spec", "FROM a")), List.of("secret"), Map.of("r", "login")));
        start();
        state.stop(new IOException("stopped"));
        state.deliver();

        BuildState after = saved(state);
        assertThat(after.id()).isEqualTo("abc");
        assertThat(after.started()).isEqualTo(state.started());
        assertThat(after.node()).isEqualTo("agent");
        assertThat(after.directory()).isEqualTo("/private");
        assertThat(after.planned())
                .hasValueSatisfying(laid -> assertThat(laid.hidden()).containsExactly("secret"));
        assertThat(after.phase()).isEqualTo(Phase.SCRIPT);
        assertThat(after.isStopped()).isTrue();
        assertThat(after.problem()).get().hasToString("java.io.IOException: stopped");
        assertThat(after.isDelivered()).as("another step ends").isFalse();
    }

    @Test
    void aScriptIsStartedOnceHoweverManyTry() throws Exception {
        AtomicInteger started = new AtomicInteger();

        List<Boolean> answers = together(() -> state.launch(started::incrementAndGet));

        assertThat(started).hasValue(1);
        assertThat(answers).containsOnlyOnce(true);
    }

    @Test
    void aScriptThatFailedToStartCountsAsNotStarted() {
        assertThatThrownBy(() -> state.launch(() -> {
                    throw new IOException("no agent");
                }))
                .hasMessage("no agent");
        assertThat(state.phase()).isEqualTo(Phase.PREPARE);
        assertThat(state.options()).as("it can be tried again").isNotNull();
    }

    @Test
    void nothingStartsAfterAStop() throws Exception {
        Throwable cause = new IOException("stopped");
        assertThat(state.stop(cause)).isTrue();

        assertThat(state.launch(() -> {
                    throw new AssertionError("started");
                }))
                .isFalse();
        assertThat(state.phase()).isEqualTo(Phase.PREPARE);
        assertThat(state.problem()).contains(cause);
    }

    @Test
    void aStopDoesNotWaitForAScriptThatIsJustBeingStartedButSeesItThen() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<Boolean> launched = threads.submit(() -> state.launch(() -> {
            starting.countDown();
            go.await();
        }));
        assertThat(starting.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(threads.submit(() -> state.stop(new IOException("stopped"))).get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        Future<Boolean> running = threads.submit(state::hasScript);
        go.countDown();
        assertThat(running.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(launched.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void onlyOneEndAndOneStopCount() throws Exception {
        start();
        assertThat(together(() -> state.stop(new IOException("stopped")))).containsOnlyOnce(true);
        assertThat(together(() -> state.scriptEnded(143, null))).containsOnlyOnce(true);
        assertThat(together(state::deliver)).containsOnlyOnce(true);
        assertThat(state.exitCode()).isEqualTo(143);
        assertThat(state.isCollectable()).as("a stopped build has no results").isFalse();
    }

    @Test
    void anEndBeforeTheStartIsIgnored() {
        assertThat(state.scriptEnded(0, null)).isFalse();
        assertThat(state.phase()).isEqualTo(Phase.PREPARE);
    }

    @Test
    void theFirstFailureCountsAndAStopBeforeIt() throws Exception {
        IOException first = new IOException("first");
        start();
        state.scriptEnded(null, first);
        assertThat(state.isCollectable()).isFalse();
        state.failed(new IOException("second"));
        assertThat(state.problem()).contains(first);
        assertThat(state.stop(new IOException("late"))).as("it has its end").isFalse();
        assertThat(state.problem()).contains(first);

        BuildState stopped = new BuildState("b", "o");
        IOException cause = new IOException("stopped");
        stopped.stop(cause);
        stopped.failed(first);
        assertThat(stopped.problem()).contains(cause);
    }

    @Test
    void aScriptThatARestartFindsRuns() {
        state.resumeScript();
        assertThat(state.hasScript()).isTrue();
        assertThat(state.scriptEnded(0, null)).isTrue();
        state.resumeScript();
        assertThat(state.phase()).as("it has ended").isEqualTo(Phase.COLLECT);
    }

    @Test
    void anEndThatIsReportedWhileTheScriptIsStartedCountsAfterwards() throws Exception {
        CountDownLatch starting = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Future<Boolean> launched = threads.submit(() -> state.launch(() -> {
            starting.countDown();
            go.await();
        }));
        assertThat(starting.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        Future<Boolean> ended = threads.submit(() -> state.scriptEnded(0, null));
        go.countDown();

        assertThat(launched.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(state.phase()).isEqualTo(Phase.COLLECT);
    }

    private List<Boolean> together(Callable<Boolean> call) throws Exception {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            calls.add(call);
        }
        List<Boolean> answers = new ArrayList<>();
        for (Future<Boolean> answer : threads.invokeAll(calls)) {
            answers.add(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }
        return answers;
    }
}
