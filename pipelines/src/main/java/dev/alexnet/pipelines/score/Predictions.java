package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.reading.ObjectStream;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.Shard;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the rows of scores in the order of the dataset's images, from one file or several. */
public final class Predictions {
  private Predictions() {}

  /** Receives the rows. */
  public interface Reader {
    /**
     * @param row the row number, from 0, which is the image's position in the dataset
     * @param where its file and line, for errors
     */
    void read(long row, Prediction prediction, String where);
  }

  /**
   * Reads all rows, one at a time.
   *
   * @param directory the directory of the scores
   * @return the number of rows
   * @throws Failure of kind INPUT_MISSING if a file does not exist, BAD_DATA if a line is not a
   *     prediction
   */
  public static long read(ObjectStore store, Location directory, Scores scores, Reader reader) {
    long row = 0;
    for (Shard file : scores.predictions()) {
      row = readFile(store, directory, file.name(), row, reader);
    }
    return row;
  }

  /**
   * Reads all rows, and compares what they add up to with the counts and errors of the scores,
   * which have no checksum.
   *
   * @throws Failure as {@link #read} does, and of kind BAD_DATA if a number differs
   */
  public static void requireTotals(ObjectStore store, Location directory, Scores scores) {
    Location file = directory.resolve(Scores.FILE);
    Tally tally = new Tally(scores.requiredGuesses(file));
    read(store, directory, scores, (row, prediction, where) -> tally.add(prediction));
    scores.requireTotals(tally, file);
  }

  /**
   * Reads the rows of one file.
   *
   * @param first the number of its first row
   * @return the number of the row after its last
   */
  static long readFile(
      ObjectStore store, Location directory, String name, long first, Reader reader) {
    Location file = directory.resolve(name);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          file
              + " is missing; it was written with the scores. Run the same 'alexnet score' again"
              + " to rewrite it");
    }
    long row = first;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(ObjectStream.open(store, file), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String where = file + " line " + (row - first + 1);
        byte[] json = line.getBytes(StandardCharsets.UTF_8);
        reader.read(row, Json.read(json, Prediction.class, where), where);
        row++;
      }
    } catch (IOException | UncheckedIOException e) {
      throw Failure.inputOutput("read", file, e);
    }
    return row;
  }
}
