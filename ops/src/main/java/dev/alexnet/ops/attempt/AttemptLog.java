package dev.alexnet.ops.attempt;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.ops.console.Console;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes what a console shows in parts, because objects in a bucket cannot grow: a part every
 * {@value #SECONDS} seconds in which something was shown.
 */
final class AttemptLog implements AutoCloseable {
  private static final long SECONDS = 20;

  private final ObjectStore store;
  private final Location directory;
  private final Console console;
  private final StringBuilder pending = new StringBuilder();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "attempt log");
            thread.setDaemon(true);
            return thread;
          });
  private Future<?> publishing;
  private int parts;
  private boolean failureTold;

  private AttemptLog(ObjectStore store, Location directory, Console console) {
    this.store = store;
    this.directory = directory;
    this.console = console;
  }

  static AttemptLog begin(ObjectStore store, Location directory, Console console) {
    AttemptLog log = new AttemptLog(store, directory, console);
    console.transcript().copyTo(log::append);
    log.publishing =
        log.timer.scheduleWithFixedDelay(log::publish, SECONDS, SECONDS, TimeUnit.SECONDS);
    return log;
  }

  private void append(String text) {
    synchronized (pending) {
      pending.append(text);
    }
  }

  /** Writes what was shown since the last part, if anything was. */
  synchronized void publish() {
    String text;
    synchronized (pending) {
      text = pending.toString();
    }
    if (text.isEmpty()) {
      return;
    }
    if (write(Attempts.logPart(parts + 1), text.getBytes(StandardCharsets.UTF_8))) {
      parts++;
      synchronized (pending) {
        pending.delete(0, text.length());
      }
    }
  }

  /** Writes the rest, and how the attempt ended. */
  void end(AttemptOutcome outcome) {
    console.transcript().end();
    publish();
    write(Attempts.OUTCOME, Json.document(outcome));
  }

  private boolean write(String name, byte[] content) {
    try {
      store.write(directory.resolve(name), content);
      failureTold = false;
      return true;
    } catch (Failure e) {
      // The work goes on: if the bucket stays away, the work's own files will fail too.
      if (!failureTold) {
        failureTold = true;
        console.note("The log of this attempt cannot be written: " + e.getMessage());
      }
      return false;
    }
  }

  /** Ends the copy; what was not published is lost. */
  @Override
  public void close() {
    console.transcript().end();
    publishing.cancel(false);
    timer.shutdown();
  }
}
