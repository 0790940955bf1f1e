package dev.alexnet.pipelines.convert;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Crc32c;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.image.RejectedPicture;
import dev.alexnet.pipelines.convert.input.ReadPicture;
import dev.alexnet.pipelines.convert.input.ReplacedPictures;
import dev.alexnet.pipelines.source.PictureReference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** The pictures of a shard that an earlier run has finished, and that may have been replaced. */
final class FinishedShardInputs {
  private final ObjectStore store;
  private final ConvertSettings settings;
  private final Map<Location, Long> stamps = new HashMap<>();

  FinishedShardInputs(ObjectStore store, ConvertSettings settings) {
    this.store = requireNonNull(store, "store is null");
    this.settings = requireNonNull(settings, "settings is null");
  }

  /**
   * Compares the pictures with what they were when the shard was written; reads those whose files
   * have other stamps.
   *
   * @param references those of the shard
   * @throws Failure of kind OUTPUT_EXISTS if some were replaced
   */
  void requireSame(ShardSummary finished, List<PictureReference> references) {
    Map<String, ReadPicture> before = new HashMap<>();
    finished.readPictures().pictures().forEach(picture -> before.put(picture.id(), picture));
    List<PictureReference> suspects = new ArrayList<>();
    for (PictureReference reference : references) {
      ReadPicture picture = before.get(reference.id());
      if (picture != null && isSuspect(finished, picture, reference)) {
        suspects.add(reference);
      }
    }
    if (suspects.isEmpty()) {
      return;
    }
    NavigableSet<String> replaced = replaced(before, suspects);
    if (!replaced.isEmpty()) {
      throw new Failure(
          Failure.Kind.OUTPUT_EXISTS,
          "%s holds an unfinished dataset; %s (shard %s, input %s). Delete that directory, or choose another --output"
              .formatted(
                  settings.output(),
                  ReplacedPictures.inWords(replaced),
                  finished.shard().name(),
                  settings.input()));
    }
  }

  private boolean isSuspect(ShardSummary finished, ReadPicture before, PictureReference now) {
    long recorded =
        now.isInArchive()
            ? finished.readPictures().archives().getOrDefault(now.archive().name(), 0L)
            : before.stamp();
    return recorded == 0 || recorded != stampOf(now);
  }

  private long stampOf(PictureReference picture) {
    return picture.archive().isCloud()
        ? picture.generation()
        : stamps.computeIfAbsent(
            picture.archive(), file -> store.find(file).map(ObjectEntry::stamp).orElse(0L));
  }

  private NavigableSet<String> replaced(
      Map<String, ReadPicture> before, List<PictureReference> suspects) {
    NavigableSet<String> replaced = new TreeSet<>();
    Set<String> same = new HashSet<>();
    try (PictureReader reader = new PictureReader(store, List.of())) {
      for (PictureReference suspect : suspects) {
        boolean isSame = crcOf(suspect, reader) == before.get(suspect.id()).crc32c();
        (isSame ? same : replaced).add(suspect.id());
      }
    } catch (IOException e) {
      throw Failure.inputOutput("read", settings.input(), e);
    }
    // An id can occur twice; the picture that was read is there if either is the same.
    replaced.removeAll(same);
    return replaced;
  }

  private static long crcOf(PictureReference picture, PictureReader reader) {
    try {
      return picture.archive().isCloud() ? picture.crc32c() : Crc32c.of(reader.read(picture));
    } catch (RejectedPicture e) {
      // It is larger than any picture that was read.
      return -1;
    }
  }
}
