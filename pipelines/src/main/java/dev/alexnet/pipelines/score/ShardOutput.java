package dev.alexnet.pipelines.score;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import dev.alexnet.pipelines.score.statistics.RankCandidates;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The output of one shard, written completely or not at all: rows and, if requested, candidates and
 * probabilities.
 */
final class ShardOutput implements AutoCloseable {
  private final PendingObject rows;
  private final PendingObject candidates;
  private final DataOutputStream candidateStream;
  private final ProbabilityFile probabilities;

  /**
   * @param candidates null if no weights are searched for
   * @param probabilities null if they are not kept; committed with this, but closed by the caller
   */
  ShardOutput(
      ObjectStore store, Location rows, Location candidates, ProbabilityFile probabilities) {
    this.probabilities = probabilities;
    this.rows = store.create(rows);
    this.candidates = candidates == null ? null : store.create(candidates);
    this.candidateStream =
        candidates == null
            ? null
            : new DataOutputStream(new BufferedOutputStream(this.candidates.stream()));
  }

  void write(Prediction prediction) throws IOException {
    rows.stream().write((Json.line(prediction) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Keeps the probabilities of an image, if requested. */
  void keep(List<float[][]> each, int image) throws IOException {
    if (probabilities != null) {
      probabilities.write(each, image);
    }
  }

  /** Keeps the place of an image without probabilities. */
  void keepNone() throws IOException {
    if (probabilities != null) {
      probabilities.writeUndecodable();
    }
  }

  boolean wantsCandidates() {
    return candidates != null;
  }

  void write(RankCandidates image) throws IOException {
    image.write(candidateStream);
  }

  void commit() throws IOException {
    if (candidates != null) {
      RankCandidates.writeEnd(candidateStream);
      candidateStream.flush();
      candidates.commit();
    }
    if (probabilities != null) {
      probabilities.commit();
    }
    rows.commit();
  }

  @Override
  public void close() {
    rows.close();
    if (candidates != null) {
      candidates.close();
    }
  }
}
