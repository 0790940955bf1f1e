package dev.alexnet.model.dataset;

import dev.alexnet.infra.settings.Problems;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectEntry;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.Serializable;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One TFRecord file of a dataset.
 *
 * @param name its name within the dataset's directory: {@code train-00007-of-00128.tfrecord}
 * @param records how many records it holds
 * @param bytes its length
 * @param crc32c the CRC-32C of the whole file
 */
public record Shard(String name, long records, long bytes, long crc32c) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String EXTENSION = ".tfrecord";

  public Shard {
    new Problems("shard " + name)
        .require(
            name != null && !name.isEmpty() && !name.contains("/"),
            "its name is empty or contains a slash")
        .require(records >= 0, "records is %s; it must be at least 0", records)
        .require(bytes >= 0, "bytes is %s; it must be at least 0", bytes)
        .require(crc32c >>> 32 == 0, "crc32c is %s; it must fit in 32 bits", crc32c)
        .throwIfAny();
  }

  /** Whether a file is named like a shard of any dataset. */
  public static boolean isNamedSo(String file) {
    return file.endsWith(EXTENSION);
  }

  /** The name of a shard of a split; names sort in the order of the indices. */
  public static String name(String split, int index, int shards) {
    String number = "%0" + Math.max(5, Integer.toString(shards).length()) + "d";
    return String.format(
        Locale.ROOT, "%s-" + number + "-of-" + number + EXTENSION, split, index, shards);
  }

  /** Whether the file in a dataset's directory has this shard's length and checksum. */
  public boolean isIntactIn(ObjectStore store, Location directory) {
    return isIntact(store, directory, store.find(directory.resolve(name)));
  }

  /**
   * The same, if it is known what is there. A listed checksum that differs is asked for again,
   * because the response may have been wrong.
   *
   * @param found what a listing of the directory has under this shard's name
   */
  public boolean isIntact(ObjectStore store, Location directory, Optional<ObjectEntry> found) {
    if (found.isEmpty() || found.get().size() != bytes) {
      return false;
    }
    OptionalLong known = found.get().crc32c();
    return known.equals(OptionalLong.of(crc32c)) || store.crc32c(directory.resolve(name)) == crc32c;
  }

  /** Whether a file, which must exist, has this shard's length and checksum. */
  public boolean isIntactAt(ObjectStore store, Location file) {
    return store.size(file) == bytes && store.crc32c(file) == crc32c;
  }
}
