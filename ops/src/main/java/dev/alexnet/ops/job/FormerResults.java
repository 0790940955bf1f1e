package dev.alexnet.ops.job;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.lock.DirectoryLock;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What steps made before they are made anew. In a local work directory it is set aside until the
 * step is done again, so that a run which is refused loses nothing. A bucket cannot rename, so
 * there it is deleted at once.
 */
final class FormerResults {
  private static final String PREFIX = ".former-";

  private final ObjectStore store;
  private final Console console;
  private final Location workdir;
  private final List<Location> setAside = new ArrayList<>();
  private boolean remade;

  FormerResults(ObjectStore store, Console console, Location workdir) {
    this.store = store;
    this.console = console;
    this.workdir = workdir;
  }

  /** Makes room for a step that has made something. */
  void remove(JobStep step) {
    Location directory = step.directory();
    // Somebody may have started its command by hand.
    DirectoryLock.holding(store, directory, console::note, held -> null);
    if (workdir.isCloud()) {
      console.note("Deleting " + directory + ", to make " + step.name() + " anew");
      store.deleteDirectory(directory);
      return;
    }
    Location former = formerOf(directory);
    console.note(
        "Keeping %s in %s until %s is made anew".formatted(directory, former, step.name()));
    store.deleteDirectory(former);
    move(directory.localPath(), former.localPath());
    setAside.add(directory);
  }

  /**
   * Puts back what this run has set aside, if nothing of it has been made anew.
   *
   * @return whether everything is as it was before
   */
  boolean restore() {
    if (workdir.isCloud()
        || remade
        || !setAside.stream().allMatch(directory -> store.objectsBelow(directory).isEmpty())) {
      return false;
    }
    Collections.reverse(setAside);
    for (Location directory : setAside) {
      store.deleteDirectory(directory);
      move(formerOf(directory).localPath(), directory.localPath());
    }
    if (!setAside.isEmpty()) {
      console.note("Put back what was made before, because nothing was made anew");
    }
    setAside.clear();
    return true;
  }

  /** Deletes what a step made that has been made anew, in this run or in an earlier one. */
  void deleteFormer(JobStep step) {
    if (!workdir.isCloud()) {
      store.deleteDirectory(formerOf(step.directory()));
      remade |= setAside.contains(step.directory());
    }
  }

  /** Beside it, because another directory can lie on another disk. */
  private static Location formerOf(Location directory) {
    return directory.parent().resolve(PREFIX + directory.name());
  }

  private static void move(Path source, Path target) {
    try {
      Files.move(source, target);
    } catch (IOException e) {
      throw Failure.inputOutput("move", source, e);
    }
  }
}
