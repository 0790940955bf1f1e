package dev.alexnet.pipelines.convert.input;

import static java.util.Objects.requireNonNull;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/** Writes the {@link InputRecord} of a dataset, which appears whole when it is committed. */
public final class InputRecordWriter implements AutoCloseable {
  private final Location file;
  private final String split;
  private final PendingObject pending;
  private final GZIPOutputStream packed;
  private final OutputStream lines;
  private final ReadPictures.Builder archives = new ReadPictures.Builder();

  /**
   * @param split of the dataset
   */
  public InputRecordWriter(ObjectStore store, Location dataset, String split) {
    this.file = InputRecord.at(dataset);
    this.split = requireNonNull(split, "split is null");
    this.pending = store.create(file);
    try {
      this.packed = new GZIPOutputStream(pending.stream());
    } catch (IOException e) {
      pending.close();
      throw Failure.inputOutput("write", file, e);
    }
    this.lines = new BufferedOutputStream(packed);
  }

  /** Adds all pictures, and the archives that they were in. */
  public void add(ReadPictures read) {
    read.archives().forEach(archives::archive);
    read.pictures().forEach(this::add);
  }

  void add(ReadPicture picture) {
    append(picture);
  }

  private void append(Object value) {
    try {
      lines.write((Json.line(value) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
  }

  /**
   * Replaces the record that is there.
   *
   * @param dataset as in {@link InputRecord.Summary}
   */
  public void commit(String dataset) {
    append(new InputRecord.Summary(split, new TreeMap<>(archives.build().archives()), dataset));
    try {
      lines.flush();
      // Closing it would close the stream of the object, too.
      packed.finish();
    } catch (IOException e) {
      throw Failure.inputOutput("write", file, e);
    }
    pending.commit();
  }

  @Override
  public void close() {
    pending.close();
  }
}
