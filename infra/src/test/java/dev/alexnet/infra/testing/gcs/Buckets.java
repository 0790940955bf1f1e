package dev.alexnet.infra.testing.gcs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The live generation of every object. A change of one is atomic; no content is read or written
 * while the lock is held.
 */
final class Buckets {
  /** By bytes, as the service sorts; Java's own order differs beyond U+FFFF. */
  static final Comparator<String> ORDER =
      (left, right) ->
          Arrays.compareUnsigned(
              left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

  private final Map<String, NavigableMap<String, StoredObject>> buckets = new ConcurrentHashMap<>();
  private long generation = 1_700_000_000_000_000L;

  void create(String bucket) {
    buckets.computeIfAbsent(bucket, name -> new TreeMap<>(ORDER));
  }

  /**
   * @throws Refusal with 404 if the bucket does not exist
   */
  void requireBucket(String bucket) {
    if (!buckets.containsKey(bucket)) {
      throw new Refusal(404, "The specified bucket does not exist.");
    }
  }

  private NavigableMap<String, StoredObject> objects(String bucket) {
    requireBucket(bucket);
    return buckets.get(bucket);
  }

  synchronized Optional<StoredObject> find(String bucket, String name) {
    return Optional.ofNullable(objects(bucket).get(name));
  }

  /**
   * @param wanted the generation, if not just the live one
   * @throws Refusal with 404 if it does not exist
   */
  StoredObject get(String bucket, String name, Optional<Long> wanted) {
    return find(bucket, name)
        .filter(object -> wanted.isEmpty() || wanted.get() == object.generation())
        .orElseThrow(() -> Refusal.notFound(bucket + "/" + name));
  }

  /** Objects whose names start with the prefix, in order. */
  synchronized List<StoredObject> startingWith(String bucket, String prefix) {
    SortedMap<String, StoredObject> from = objects(bucket).tailMap(prefix);
    return from.values().stream().takeWhile(object -> object.name().startsWith(prefix)).toList();
  }

  /**
   * Publishes what was received as the live generation.
   *
   * @throws Refusal with 412 if the preconditions do not hold; the draft is kept
   */
  synchronized StoredObject put(
      String bucket,
      String name,
      Draft draft,
      int components,
      Map<String, String> custom,
      Preconditions preconditions) {
    StoredObject old = objects(bucket).get(name);
    preconditions.requireForChange(old == null ? 0 : old.generation());
    StoredObject object =
        new StoredObject(
            bucket,
            name,
            ++generation,
            draft.finish(),
            draft.checksum(),
            components,
            custom,
            Instant.now());
    objects(bucket).put(name, object);
    discard(old);
    return object;
  }

  /** Replaces the content but nothing that is known of it, as if the bytes had rotted. */
  synchronized void rot(StoredObject object, Content rotten) {
    objects(object.bucket()).replace(object.name(), object, object.with(rotten));
  }

  synchronized void delete(
      String bucket, String name, Optional<Long> wanted, Preconditions preconditions) {
    StoredObject object = get(bucket, name, wanted);
    preconditions.requireForChange(object.generation());
    objects(bucket).remove(name);
    discard(object);
  }

  private static void discard(StoredObject object) {
    if (object != null) {
      object.content().discard();
    }
  }
}
