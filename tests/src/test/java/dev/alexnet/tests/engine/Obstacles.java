package dev.alexnet.tests.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Puts directories in the places of files, so that writing these fails, and removes them as soon as
 * one attempt has failed.
 */
final class Obstacles implements AutoCloseable {
  private final List<Path> places = new ArrayList<>();
  private final WatchService watch;
  private final Thread remover;
  private volatile boolean hit;

  private Obstacles(Path directory) throws IOException {
    this.watch = directory.getFileSystem().newWatchService();
    directory.register(watch, StandardWatchEventKinds.ENTRY_DELETE);
    this.remover = new Thread(this::removeAfterTheFirstFailure, "obstacles");
  }

  static Obstacles put(Path directory, IntFunction<String> name, int count) throws IOException {
    Obstacles obstacles = new Obstacles(directory);
    for (int i = 0; i < count; i++) {
      Path place = directory.resolve(name.apply(i));
      Files.createDirectories(place.resolve("obstacle"));
      obstacles.places.add(place);
    }
    obstacles.remover.start();
    return obstacles;
  }

  /** While every place is taken, a temporary file disappears only if it was abandoned. */
  private void removeAfterTheFirstFailure() {
    try {
      for (WatchKey key = watch.take(); ; key = watch.take()) {
        for (WatchEvent<?> event : key.pollEvents()) {
          if (event.context().toString().startsWith(".pending-")) {
            hit = true;
            remove();
            return;
          }
        }
        key.reset();
      }
    } catch (InterruptedException | ClosedWatchServiceException e) {
      // No attempt has failed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove() throws IOException {
    for (Path place : places) {
      Files.delete(place.resolve("obstacle"));
      Files.delete(place);
    }
  }

  boolean hit() {
    return hit;
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }
}
