package dev.alexnet.infra.storage.gcs;

import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.WriteCondition;
import dev.alexnet.infra.testing.gcs.FakeGcs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is done to a store with one object and a directory while requests fail. */
enum FaultyOperation {
  FIND {
    @Override
    Object run(ObjectStore store, Path files) {
      return store.find(OBJECT).map(entry -> entry.size()).orElse(-1L);
    }
  },
  ENTRIES {
    @Override
    Object run(ObjectStore store, Path files) {
      return store.entries(ROOT).stream().map(entry -> entry.name() + entry.size()).toList();
    }
  },
  OBJECTS_BELOW {
    @Override
    Object run(ObjectStore store, Path files) {
      return store.objectsBelow(ROOT).stream().map(entry -> entry.name() + entry.size()).toList();
    }
  },
  IS_DIRECTORY {
    @Override
    Object run(ObjectStore store, Path files) {
      return store.isDirectory(ROOT.resolve("directory"));
    }
  },
  LOAD {
    @Override
    Object run(ObjectStore store, Path files) {
      return Arrays.hashCode(store.load(OBJECT).content());
    }
  },
  READ_RANGE {
    @Override
    Object run(ObjectStore store, Path files) {
      long generation = store.load(OBJECT).generation();
      return Arrays.hashCode(store.readRange(OBJECT, generation, 1_000, 300_000));
    }
  },
  CHANNEL {
    @Override
    Object run(ObjectStore store, Path files) throws IOException {
      try (InputStream stream = Channels.newInputStream(store.open(OBJECT))) {
        return Arrays.hashCode(stream.readAllBytes());
      }
    }
  },
  DOWNLOAD {
    @Override
    Object run(ObjectStore store, Path files) throws IOException {
      Path target = files.resolve("target");
      Files.deleteIfExists(target);
      store.download(OBJECT, target);
      return Arrays.hashCode(Files.readAllBytes(target));
    }
  },
  WRITE {
    @Override
    Object run(ObjectStore store, Path files) {
      return store.write(OBJECT, SMALL) > 0;
    }

    @Override
    byte[] written() {
      return SMALL;
    }
  },
  WRITE_UNCHANGED {
    @Override
    Object run(ObjectStore store, Path files) {
      long generation = store.load(OBJECT).generation();
      return store.write(OBJECT, SMALL, WriteCondition.unchangedSince(generation)) > generation;
    }

    @Override
    byte[] written() {
      return SMALL;
    }
  },
  WRITE_IN_PIECES {
    @Override
    Object run(ObjectStore store, Path files) throws IOException {
      Path source = Files.write(files.resolve("source"), MEDIUM);
      return store.upload(source, OBJECT, WriteCondition.none()) > 0;
    }

    @Override
    byte[] written() {
      return MEDIUM;
    }
  },
  UPLOAD_IN_PARTS {
    @Override
    Object run(ObjectStore store, Path files) throws IOException {
      Path source = Files.write(files.resolve("source"), LARGE);
      return store.upload(source, OBJECT, WriteCondition.none()) > 0;
    }

    @Override
    byte[] written() {
      return LARGE;
    }
  },
  DELETE {
    @Override
    Object run(ObjectStore store, Path files) {
      store.delete(OBJECT);
      return "done";
    }

    @Override
    List<String> names() {
      return List.of("directory/a", "directory/b/c");
    }
  },
  COPY_DIRECTORY {
    @Override
    Object run(ObjectStore store, Path files) {
      store.copyDirectory(ROOT.resolve("directory"), ROOT.resolve("copy"));
      return "done";
    }

    @Override
    List<String> names() {
      return List.of("copy/a", "copy/b/c", "directory/a", "directory/b/c", "object");
    }
  },
  DELETE_DIRECTORY {
    @Override
    Object run(ObjectStore store, Path files) {
      store.deleteDirectory(ROOT.resolve("directory"));
      return "done";
    }

    @Override
    List<String> names() {
      return List.of("object");
    }
  };

  static final byte[] OLD = bytes(1, 1_200_000);

  private static final Location ROOT = new Location("gs://" + FakeGcs.BUCKET);
  private static final Location OBJECT = ROOT.resolve("object");
  private static final byte[] SMALL = bytes(2, 50_000);
  private static final byte[] MEDIUM = bytes(3, 700_001);
  private static final byte[] LARGE = bytes(4, 1_400_003);

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static void prepare(FakeGcs service) {
    service.put("object", OLD);
    service.put("directory/a", new byte[3]);
    service.put("directory/b/c", new byte[4]);
  }

  /** What it returns is the same in every run that succeeds. */
  abstract Object run(ObjectStore store, Path files) throws IOException;

  /** The object's content after it; null if it is deleted. */
  byte[] written() {
    return OLD;
  }

  /** What is there after it. */
  List<String> names() {
    return List.of("directory/a", "directory/b/c", "object");
  }

  boolean deletes() {
    return this == DELETE || this == DELETE_DIRECTORY;
  }

  static List<String> namesIn(FakeGcs service) {
    return new ArrayList<>(service.names(FakeGcs.BUCKET, ""));
  }
}
