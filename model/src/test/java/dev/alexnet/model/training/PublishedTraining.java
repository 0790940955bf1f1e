package dev.alexnet.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.model.network.NetworkSettings;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.testing.DirectoryBucket.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Base of tests of trainings whose work directory is in a bucket. */
abstract class PublishedTraining extends TrainingTest {
  private static final Set<String> HIDDEN = Set.of(".lock", ".lease", ".training");

  DirectoryBucket bucket;
  Path inBucket;
  Location workdir;

  /** Ends a training from within, like a kill. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @BeforeEach
  void makeABucket() {
    bucket = new DirectoryBucket(work.resolve("bucket"));
    workdir = bucket.location("runs/first");
    inBucket = work.resolve("bucket/runs/first");
  }

  TrainingSettings in(Location workdir, String machine, String resume) {
    return in(workdir, machine, resume, 0.01, "");
  }

  TrainingSettings in(
      Location workdir, String machine, String resume, double rate, String initial) {
    return LearningChoice.of(rate, Schedule.CONSTANT)
        .apply(
            TrainingSettings.builder()
                .set(TrainingSettings.DATA, data.location())
                .set(TrainingSettings.VALIDATION, validation.location())
                .set(TrainingSettings.WORKDIR, workdir)
                .set(TrainingSettings.SCRATCH, Location.of(work.resolve(machine)))
                .set(InitialModel.DIRECTORY, initial.isEmpty() ? null : new Location(initial))
                .set(NetworkSettings.PRESET, "mini")
                .set(TrainingSettings.STEPS, (long) STEPS)
                .set(NetworkSettings.BATCH, 32)
                .set(NetworkSettings.DEVICES, "cpu:0,cpu:1")
                .set(TrainingSettings.RESUME, TrainingSettings.RESUME.parse(resume))
                .set(TrainingSettings.CHECKPOINT_STEPS, (long) CHECKPOINT_STEPS)
                .set(TrainingSettings.TRACE, true)
                .set(TrainingSettings.SEED, 3L))
        .build();
  }

  TrainingSettings on(String machine) {
    return in(workdir, machine, "auto");
  }

  TrainingResult run(TrainingSettings settings, Progress progress, BooleanSupplier stop) {
    return new Trainer(bucket, Clock.systemUTC()).train(settings, progress, notices::add, stop);
  }

  TrainingResult run(TrainingSettings settings) {
    return run(settings, Progress.SILENT, () -> false);
  }

  void killAt(long step, TrainingSettings settings) {
    Progress killer =
        (done, total, unit, details) -> {
          if (done == step) {
            // A killed process sends nothing more.
            bucket.failFrom(1, Fault.REFUSED);
            throw new Killed();
          }
        };
    assertThatThrownBy(() -> run(settings, killer, () -> false))
        .isInstanceOfAny(Killed.class, Failure.class);
    recover();
  }

  /** Makes the bucket answer again, without the lease that a run could not give back. */
  void recover() {
    bucket.recover();
    remove(inBucket.resolve(".lease"));
  }

  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path localReference() {
    Path reference = work.resolve("reference");
    run(in(Location.of(reference), "unused", "auto"));
    assertThat(work.resolve("unused")).doesNotExist();
    return reference;
  }

  /** The hash of each file; of logs their lines without rates, of events and traces the name. */
  static Map<String, String> files(Path directory) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString();
        if (name.equals("metrics.jsonl")) {
          files.put(
              name,
              Files.readString(file)
                  .replaceAll("\"images_per_second\":[^,]*,|\"time\":[^,]*,", ""));
        } else if (name.startsWith("events/")) {
          files.put(name.replaceAll("tfevents\\.\\d+", "tfevents"), Files.size(file) + " bytes");
        } else if (name.startsWith("trace/")) {
          files.put(name, "");
        } else if (!HIDDEN.contains(name)) {
          files.put(name, Sha256.of(Files.readAllBytes(file)));
        }
      }
    }
    return files;
  }

  /** Without what depends on when a run started: every run has its own events and its own trace. */
  static Map<String, String> results(Path directory) throws IOException {
    Map<String, String> files = files(directory);
    files.keySet().removeIf(name -> name.startsWith("events/") || name.startsWith("trace/"));
    return files;
  }
}
