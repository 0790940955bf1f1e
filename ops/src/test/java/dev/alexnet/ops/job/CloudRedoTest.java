package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ReservedName;
import dev.alexnet.infra.storage.gcs.GcsRetries;
import dev.alexnet.infra.storage.gcs.GcsStore;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import dev.alexnet.infra.testing.gcs.Fault;
import dev.alexnet.infra.testing.gcs.FaultScript;
import dev.alexnet.infra.testing.gcs.RequestKind;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** In a bucket, a result is set aside object by object, so a run can be stopped between any two. */
@Tag("long")
class CloudRedoTest extends RedoContract {
  private final FakeGcs service = new FakeGcs();

  @Override
  ObjectStore openStore() {
    return GcsStore.emulator(service.address(), GcsRetries.standard());
  }

  @Override
  Location placeWorkdir() {
    return new Location("gs://bucket/runs/first");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** The service refuses the k-th request and all that follow, as if the process were killed. */
  private boolean isStoppedAt(int k, Runnable work) {
    service.script(FaultScript.of(Fault.FORBIDDEN).from(k));
    try {
      work.run();
      return false;
    } catch (Failure e) {
      assertThat(e.kind()).isEqualTo(Failure.Kind.PERMISSION);
      return true;
    } finally {
      service.reset();
      // As if the time of the leases that could not be given back were past.
      for (String directory : List.of("", "first/", "second/", "third/")) {
        store.delete(workdir.resolve(directory + ReservedName.LEASE));
      }
    }
  }

  private void settle(WrittenStep... job) {
    LedgerFile file = new LedgerFile(store, workdir);
    redo(job).settle(file.read(), file::write);
  }

  @Test
  void begin_stoppedAtAnyRequest_theNextRunPutsBackWhatWasMade() {
    int k = 1;
    while (isStoppedAt(k, () -> killAtBegin(job("B", "c")))) {
      assertAsBefore();
      k++;
    }

    // Each of the two results: its lease, its copy, its mark, and what is deleted.
    assertThat(k).isGreaterThan(20);
    assertThat(left()).contains(".former-second/", ".former-third/", ".redo");
  }

  @Test
  void settle_stoppedAtAnyRequest_theNextRunPutsBackWhatWasMade() {
    int k = 0;
    do {
      k++;
      killAtBegin(job("B", "c"));
    } while (wasStoppedInSettle(k));

    assertThat(k).isGreaterThan(20);
  }

  private boolean wasStoppedInSettle(int k) {
    boolean stopped = isStoppedAt(k, () -> settle(job("D", "c")));
    assertAsBefore();
    return stopped;
  }

  @Test
  void redo_stoppedAtAnyRequest_theSameCommandFinishesIt() {
    int k = 1;
    while (isStoppedAt(k, () -> redoWithoutLease("B"))) {
      redoWithoutLease("B");
      assertRedone();
      store.deleteDirectory(workdir);
      finishJob();
      k++;
    }

    assertRedone();
    assertThat(k).isGreaterThan(40);
  }

  /** Without holding the work directory, which is not what is tested. */
  private void redoWithoutLease(String text) {
    List<JobStep> job = List.of(job(text, "c"));
    ChosenSteps chosen = new ChosenSteps(job, REDO);
    new JobRun(
            store,
            tools(),
            workdir,
            chosen,
            new StepExaminer(store, tools().console(), workdir),
            () -> false)
        .run();
  }

  private void assertRedone() {
    assertThat(store.readAll(workdir.resolve("third/out.txt"))).asString().isEqualTo("aBc");
    assertThat(left()).isEmpty();
    assertThat(Ledger.in(store, workdir).steps()).allMatch(LedgerEntry::isDone);
  }

  @Test
  void redo_result_isCopiedByTheService() {
    service.reset();
    WrittenStep[] refused = job("B", "c");
    refused[1].refusedOnlyWhenRun(tooLarge());
    assertThatFailure(() -> run(REDO, refused)).hasMessage("it is too large");

    // There and back: two objects of each of two results.
    assertThat(service.counts()).containsEntry(RequestKind.COPY, 8L);
    assertThat(service.requests())
        .noneMatch(request -> request.startsWith("GET /download") && request.contains("out.txt"));
  }

  @Test
  void redo_besideAFormerResultOfNoRedo_isRefusedAndLeavesBoth() {
    service.put("runs/first/.former-second.complete", new byte[0]);
    service.put("runs/first/.former-second/out.txt", new byte[1]);

    assertThatFailure(() -> run(REDO, job("B", "c")))
        .isOfKind(Failure.Kind.OUTPUT_EXISTS)
        .hasMessage(
            "%1$s/.former-second is left of an earlier --redo; delete it, or move it to %1$s/second if that is the result to keep"
                .formatted(workdir));

    assertThat(service.content("bucket", "runs/first/.former-second/out.txt")).hasSize(1);
    assertThat(service.content("bucket", "runs/first/second/out.txt")).asString().isEqualTo("ab");
  }
}
