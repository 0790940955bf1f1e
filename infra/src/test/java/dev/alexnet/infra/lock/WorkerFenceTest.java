package dev.alexnet.infra.lock;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.libraries.WorkerLibraries;
import dev.alexnet.infra.lock.LeasedDirectory.Machine;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerFenceTest {
  private final LeasedDirectory place = new LeasedDirectory();
  private final Machine run = place.machine("run");
  private final Machine worker = place.machine("worker");
  private final Location shard = place.directory.resolve("train-00000-of-00001.tfrecord");

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void guard_runHoldsTheDirectory_writes() throws Exception {
    ObjectStore guarded = sent(WorkerFence.of(held(run.acquire()))).guard(place.store);

    guarded.write(shard, new byte[1]);

    assertThat(place.state()).containsOnlyKeys("run/.lease", "run/" + shard.name());
  }

  @Test
  void guard_takenOver_isRefusedAndChangesNothing() throws Exception {
    ObjectStore guarded = sent(WorkerFence.of(held(run.acquire()))).guard(place.store);
    place.machine("other").acquire();
    Map<String, Long> before = place.state();

    assertThatFailure(() -> guarded.write(shard, new byte[1]))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("This run no longer holds gs://bucket/run ");

    assertThat(place.state()).isEqualTo(before);
  }

  @Test
  void guard_runHasEnded_isRefused() throws Exception {
    Lease lease = run.acquire();
    ObjectStore guarded = sent(WorkerFence.of(held(lease))).guard(place.store);
    lease.release();

    assertThatFailure(() -> guarded.delete(shard)).isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }

  @Test
  void guard_oneDirectoryWithinAnother_requiresBoth() throws Exception {
    Location step = place.directory.resolve("train");
    ObjectStore outer = held(run.acquire());
    Lease inner = new LeaseAcquisition(outer, step, run.terms, place.said::add).acquire();
    ObjectStore guarded =
        sent(WorkerFence.of(new FencedStore(outer, step, inner))).guard(place.store);
    guarded.write(step.resolve("dataset.json"), new byte[1]);
    place.machine("other").acquire();

    ObjectStore later =
        sent(WorkerFence.of(new FencedStore(outer, step, inner))).guard(place.store);
    assertThatFailure(() -> later.write(step.resolve("dataset.json"), new byte[2]))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessageStartingWith("This run no longer holds gs://bucket/run ");
  }

  @Test
  void requireHeld_seenAShortTimeAgo_asksNobody() {
    ClaimedLease claimed =
        new ClaimedLease(place.store, run.acquire().claim().orElseThrow(), worker.terms);
    claimed.requireHeld();
    int requests = place.service.requests().size();
    worker.ticker.pass(Duration.ofMillis(2999));

    claimed.requireHeld();

    assertThat(place.service.requests()).hasSize(requests);
  }

  @Test
  void requireHeld_frozenUntilTakenOver_isRefused() {
    ClaimedLease claimed =
        new ClaimedLease(place.store, run.acquire().claim().orElseThrow(), worker.terms);
    claimed.requireHeld();
    place.machine("other").acquire();
    worker.ticker.pass(LeasedDirectory.DURATION);

    assertThatFailure(claimed::requireHeld).isOfKind(Failure.Kind.OUTPUT_EXISTS);
  }

  @Test
  void of_storeWithoutFence_guardsNothing() throws Exception {
    assertThat(sent(WorkerFence.of(place.store)).guard(place.store)).isSameAs(place.store);
    assertThat(place.service.names(FakeGcs.BUCKET, "")).isEmpty();
  }

  @Test
  void guard_workerWithOtherLibraries_isRefused() throws Exception {
    WorkerFence fence = sent(new WorkerFence(List.of(), new WorkerLibraries("0123456789abcdef")));

    assertThatFailure(() -> fence.guard(place.store))
        .isOfKind(Failure.Kind.MISMATCH)
        .hasMessageContaining("than the command that started this run (0123456789ab).");
  }

  private ObjectStore held(Lease lease) {
    return new FencedStore(place.store, place.directory, lease);
  }

  /** As an engine sends it to a worker. */
  private static WorkerFence sent(WorkerFence fence) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
      stream.writeObject(fence);
    }
    try (ObjectInputStream stream =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (WorkerFence) stream.readObject();
    }
  }
}
