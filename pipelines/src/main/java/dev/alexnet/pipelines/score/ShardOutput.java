package dev.alexnet.pipelines.score;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is written of one shard, all of it or nothing: rows, and candidates where asked for. */
final class ShardOutput implements AutoCloseable {
  private final PendingObject rows;
  private final PendingObject candidates;
  private final DataOutputStream candidateStream;

  /**
   * @param candidates null where no weights are searched
   */
  ShardOutput(ObjectStore store, Location rows, Location candidates) {
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
