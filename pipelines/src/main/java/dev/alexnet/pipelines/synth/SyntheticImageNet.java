package dev.alexnet.pipelines.synth;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A set of drawn pictures in the archives and layout of ILSVRC2012: a tar of tars for training, a
 * flat tar for validation, and a development kit with {@code meta.mat} and the labels.
 *
 * <p>A class is a shape with a texture. Colour, size, position, rotation, light, clutter and
 * occlusion vary from picture to picture, independent of the class. A picture takes about 6 KB.
 */
public final class SyntheticImageNet {
  private static final List<String> ARCHIVES =
      List.of("ILSVRC2012_img_train.tar", "ILSVRC2012_img_val.tar", "ILSVRC2012_devkit_t12.tar.gz");
  private static final String RECORD = "synth.json";

  private final ObjectStore store;

  @Inject
  public SyntheticImageNet(ObjectStore store) {
    this.store = requireNonNull(store, "store is null");
  }

  /**
   * Writes the archives, or leaves them as they are if their checksums match {@code synth.json}.
   * The archives appear together at the end; {@code synth.json} exists from the start, so that a
   * killed run can be repeated. Equal settings give equal bytes on the same release of Java, whose
   * JPEG encoder is used.
   *
   * @throws Failure of kind OUTPUT_EXISTS if the directory holds something else, INTERRUPTED if the
   *     thread is interrupted, or as the store throws
   */
  public void run(SynthSettings settings, Progress progress) {
    Location output = settings.output();
    if (isComplete(settings)) {
      long pictures = ImageNetArchives.pictures(settings);
      progress.report(pictures, pictures, "images", "already there");
      return;
    }
    Location train = output.resolve(ARCHIVES.get(0));
    Location validation = output.resolve(ARCHIVES.get(1));
    Location devkit = output.resolve(ARCHIVES.get(2));
    // Written first, so that archives of a run that was killed between the commits are recognised
    // as ours.
    store.write(output.resolve(RECORD), Json.document(SynthRecord.of(settings)));
    ExecutorService threads =
        Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
    try (PendingObject pendingTrain = store.create(train);
        PendingObject pendingValidation = store.create(validation);
        PendingObject pendingDevkit = store.create(devkit)) {
      ImageNetArchives archives = new ImageNetArchives(settings, threads, progress);
      // Counted from the bytes that are written, not asked of the store.
      SortedMap<String, Long> checksums = new TreeMap<>();
      checksums.put(train.name(), counted(pendingTrain, archives::writeTrain));
      checksums.put(validation.name(), counted(pendingValidation, archives::writeValidation));
      checksums.put(devkit.name(), counted(pendingDevkit, archives::writeDevkit));
      pendingTrain.commit();
      pendingValidation.commit();
      pendingDevkit.commit();
      store.write(
          output.resolve(RECORD), Json.document(SynthRecord.of(settings).complete(checksums)));
      store.deleteAbandoned(output);
    } catch (IOException e) {
      throw Failure.inputOutput("write the archives in", output, e);
    } finally {
      threads.shutdownNow();
    }
  }

  private interface Archive {
    void writeTo(OutputStream stream) throws IOException;
  }

  private static long counted(PendingObject pending, Archive archive) throws IOException {
    CheckedOutputStream stream = new CheckedOutputStream(pending.stream(), new CRC32C());
    archive.writeTo(stream);
    return stream.getChecksum().getValue();
  }

  /**
   * Whether a finished run's archives exist with the checksums that they were written with. Reads
   * them to check.
   *
   * @throws Failure of kind BAD_DATA if synth.json is damaged
   */
  public boolean isIntact(Location output) {
    Location record = output.resolve(RECORD);
    return store.exists(record)
        && isIntact(output, Json.read(store.readAll(record), SynthRecord.class, record));
  }

  private boolean isIntact(Location output, SynthRecord there) {
    return there.crc32c().size() == ARCHIVES.size() && there.crc32c().equals(checksums(output));
  }

  private boolean isComplete(SynthSettings settings) {
    Location output = settings.output();
    Location record = output.resolve(RECORD);
    if (store.exists(record)) {
      SynthRecord there = Json.read(store.readAll(record), SynthRecord.class, record);
      SynthRecord wanted = SynthRecord.of(settings);
      if (!there.withoutChecksums().equals(wanted)) {
        throw exists(output, "it holds " + there.description() + ", not " + wanted.description());
      }
      return there.crc32c().size() == ARCHIVES.size() && there.crc32c().equals(checksums(output));
    }
    List<String> others = store.list(output);
    if (!others.isEmpty()) {
      throw exists(
          output,
          "it holds "
              + others.get(0)
              + " without "
              + RECORD
              + ", so another program may have written it");
    }
    return false;
  }

  /** The checksums of the archives that exist. */
  private SortedMap<String, Long> checksums(Location output) {
    SortedMap<String, Long> checksums = new TreeMap<>();
    for (String name : ARCHIVES) {
      Location archive = output.resolve(name);
      store
          .find(archive)
          .ifPresent(
              entry -> checksums.put(name, entry.crc32c().orElseGet(() -> store.crc32c(archive))));
    }
    return checksums;
  }

  private static Failure exists(Location output, String what) {
    return new Failure(
        Failure.Kind.OUTPUT_EXISTS,
        "Cannot write a synthetic ImageNet to "
            + output
            + ": "
            + what
            + ". Choose another --output, or delete what is there");
  }
}
