package dev.alexnet.ops.job;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.ops.console.Confirmation;
import dev.alexnet.ops.console.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of small steps in a directory of their own. */
abstract class JobFixture {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);

  @TempDir Path temporary;
  final StringWriter shown = new StringWriter();
  ObjectStore store;
  Location workdir;

  @BeforeEach
  void open() {
    store = openStore();
    workdir = placeWorkdir();
  }

  ObjectStore openStore() {
    return ObjectStores.standard();
  }

  Location placeWorkdir() {
    return Location.of(temporary.resolve("run"));
  }

  static void assertOutputExists(ThrowingCallable call, String message) {
    assertThatFailure(call).isOfKind(Failure.Kind.OUTPUT_EXISTS).hasMessage(message);
  }

  JobResult run(JobStep... steps) {
    return run(() -> false, steps);
  }

  JobResult run(BooleanSupplier stopRequested, JobStep... steps) {
    return job().run(workdir, List.of(steps), StepSelection.all(), stopRequested);
  }

  JobResult run(StepSelection selection, JobStep... steps) {
    return job().run(workdir, List.of(steps), selection, () -> false);
  }

  Job job() {
    Console console = console();
    return new Job(store, CLOCK, console, WrittenStep.runner(), new Confirmation(console));
  }

  Job.Tools tools() {
    return new Job.Tools(CLOCK, console(), WrittenStep.runner());
  }

  private Console console() {
    PrintWriter err = new PrintWriter(shown, true);
    return new Console(new PrintWriter(new StringWriter()), err, false, () -> 80, System::nanoTime);
  }

  WrittenStep step(String name, String text, JobStep... before) {
    return new WrittenStep(store, workdir, name, text, before);
  }
}
