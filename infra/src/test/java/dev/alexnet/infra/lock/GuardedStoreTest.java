package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.LeasedDirectory.Machine;
import dev.alexnet.infra.lock.WorkerFence.LeaseClaim;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job holds its work directory, and a step within it that was wired before writes there. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GuardedStoreTest {
  private final LeasedDirectory place = new LeasedDirectory();
  private final Machine frozen = place.machine("frozen");
  private final Location step = place.directory.resolve("train");
  private final Location result = step.resolve("dataset.json");
  private final ObjectStore guarded = new GuardedStore(place.store);

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void write_jobTakenOverWithinAStep_isRefusedAndChangesNothing() {
    assertThatFailure(() -> runStepWhileTheJobIsTakenOver(guarded))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("This run no longer holds gs://bucket/run and writes nothing more");

    assertThat(place.state()).containsOnlyKeys("run/.lease");
    assertThat(place.record().process()).isEqualTo(place.machine("other").terms.self());
  }

  @Test
  void write_jobTakenOverWithinAStepWithAStoreThatIsNotGuarded_goesThrough() {
    assertThatFailure(() -> runStepWhileTheJobIsTakenOver(place.store))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS);

    assertThat(place.state()).containsOnlyKeys("run/.lease", "run/train/dataset.json");
  }

  /** The step's own lease is still there: nobody else has reached it. */
  private void runStepWhileTheJobIsTakenOver(ObjectStore wired) {
    leasing(
        wired,
        place.directory,
        job ->
            leasing(
                wired,
                step,
                within -> {
                  place.machine("other").acquire();
                  frozen.ticker.pass(LeasedDirectory.DURATION);
                  return within.write(result, bytes());
                }));
  }

  @Test
  void write_afterTheDirectoryWasLetGo_passes() {
    leasing(guarded, place.directory, job -> leasing(guarded, step, within -> "done"));

    guarded.write(result, bytes());

    assertThat(place.state()).containsOnlyKeys("run/train/dataset.json");
  }

  @Test
  void write_byOneWhoWasNotGivenTheHeldStore_passesTheFence() {
    Map<String, Long> before = place.state();

    assertThatFailure(
            () ->
                leasing(
                    guarded,
                    place.directory,
                    job -> {
                      place.machine("other").acquire();
                      frozen.ticker.pass(LeasedDirectory.DURATION);
                      return guarded.write(result, bytes());
                    }))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS);

    assertThat(before).isEmpty();
    assertThat(place.state()).containsOnlyKeys("run/.lease");
  }

  @Test
  void claims_stepWithinAJob_areThoseOfBoth() {
    List<LeaseClaim> claims =
        leasing(
            guarded,
            place.directory,
            job -> leasing(guarded, step, within -> ((FencedStore) within).claims()));

    assertThat(claims).extracting(LeaseClaim::directory).containsExactly(place.directory, step);
  }

  private <T> T leasing(ObjectStore store, Location directory, Function<ObjectStore, T> work) {
    return DirectoryLock.leasing(store, directory, frozen.terms, place.said::add, work);
  }

  private static byte[] bytes() {
    return "{}".getBytes(StandardCharsets.UTF_8);
  }
}
