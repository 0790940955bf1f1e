package dev.alexnet.model.training.checkpoint;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.testing.DirectoryBucket;
import dev.alexnet.model.training.checkpoint.Checkpoints.Checkpoint;
import dev.alexnet.model.training.step.BatchResult;
import dev.alexnet.model.training.step.LearningRates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A bucket of checkpoints, and machines that publish there. */
abstract class PublishedCheckpointsFixture {
  @TempDir Path directory;

  final List<String> notices = new ArrayList<>();
  int logsFetched;
  int logsPublished;
  Path inBucket;
  DirectoryBucket bucket;
  Location place;

  @BeforeEach
  void makeABucket() {
    open("bucket");
  }

  void open(String name) {
    bucket = new DirectoryBucket(directory.resolve(name));
    place = bucket.location("first/checkpoints");
    inBucket = directory.resolve(name).resolve("first/checkpoints");
  }

  /** The checkpoints as a run on a machine sees them. */
  PublishedCheckpoints on(String machine) {
    return new PublishedCheckpoints(
        bucket,
        new LocalCheckpoints(bucket, directory.resolve(machine)),
        place,
        () -> logsFetched++);
  }

  static CheckpointState state(long step, Double error) {
    return new CheckpointState(
        step,
        0,
        step,
        new LearningRates(0.01, 0.02),
        BatchResult.none(),
        PlateauState.NONE,
        error,
        Map.of("validation", "set"));
  }

  static void write(Checkpoints checkpoints, long step, Double error) {
    checkpoints.write(
        state(step, error),
        path -> {
          try {
            Files.writeString(path.resolveSibling("tensors.data"), "the values of step " + step);
            Files.writeString(path.resolveSibling("tensors.index"), "of step " + step);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  void publish(Checkpoints checkpoints, long step) {
    checkpoints.publication(step, () -> logsPublished++).orElseThrow().work().run();
  }

  void writeAndPublish(Checkpoints checkpoints, long step, Double error) {
    write(checkpoints, step, error);
    publish(checkpoints, step);
  }

  Optional<Checkpoint> newest(PublishedCheckpoints checkpoints) {
    checkpoints.settlePending();
    return checkpoints.newest(notices::add);
  }

  long newestStep(PublishedCheckpoints checkpoints) {
    return newest(checkpoints).orElseThrow().state().step();
  }

  /** The content of each file, by its name relative to the directory. */
  static Map<String, String> files(Path directory) {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Files.readString(file));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, String> filesOfALocalTraining(long steps) {
    Path reference = directory.resolve("reference" + steps);
    LocalCheckpoints checkpoints = new LocalCheckpoints(ObjectStores.standard(), reference);
    for (long step = 1; step <= steps; step++) {
      write(checkpoints, step, error(step));
    }
    return files(reference);
  }

  /** The first checkpoint is the best. */
  static double error(long step) {
    return step == 1 ? 0.1 : 0.5;
  }

  void flipABit(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(inBucket.resolve(name));
    bytes[bytes.length / 2] ^= 1;
    Files.write(inBucket.resolve(name), bytes);
  }
}
