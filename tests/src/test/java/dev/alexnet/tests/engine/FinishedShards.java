package dev.alexnet.tests.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of an output that are named after a shard; abandoned ones start with a dot. */
record FinishedShards(Path output) {
  private static final String NAME =
      "(train|predictions|features)-\\d{5}(-of-\\d{5})?\\.(tfrecord|jsonl|npy)";

  int count() throws IOException {
    if (!Files.exists(output)) {
      return 0;
    }
    try {
      return identities().size();
    } catch (UncheckedIOException | NoSuchFileException e) {
      // A file was renamed meanwhile.
      return 0;
    }
  }

  boolean isAnyRecorded() throws IOException {
    try {
      return Files.exists(output) && !recorded().isEmpty();
    } catch (UncheckedIOException | NoSuchFileException e) {
      // A file was renamed meanwhile.
      return false;
    }
  }

  /** The identity of each file, which changes if it is written again. */
  Map<Path, Object> identities() throws IOException {
    Map<Path, Object> shards = new TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(this::isShard).toList()) {
        shards.put(file, Files.readAttributes(file, BasicFileAttributes.class).fileKey());
      }
    }
    return shards;
  }

  /**
   * The identities of those that a rerun keeps. A process that ends at once may have written a
   * shard, but not yet its entry in the ledger.
   */
  Map<Path, Object> recorded() throws IOException {
    Map<Path, Object> shards = identities();
    Set<String> entries = new HashSet<>();
    try (Stream<Path> files = Files.walk(output)) {
      files.forEach(file -> entries.add(file.getFileName().toString()));
    }
    shards.keySet().removeIf(shard -> !entries.contains(shard.getFileName() + ".json"));
    return shards;
  }

  private boolean isShard(Path file) {
    // Notes of attempts have the names of their shards.
    return file.getFileName().toString().matches(NAME) && !file.getParent().endsWith("attempts");
  }
}
