package dev.alexnet.pipelines.score;

import dev.alexnet.infra.json.Json;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.PendingObject;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What is written of one shard, all of it or nothing: rows, and contenders where asked for. */
final class ShardOutput implements AutoCloseable {
  private final PendingObject rows;
  private final PendingObject contenders;
  private final DataOutputStream contenderStream;

  /**
   * @param contenders null where no weights are searched
   */
  ShardOutput(ObjectStore store, Location rows, Location contenders) {
    this.rows = store.create(rows);
    this.contenders = contenders == null ? null : store.create(contenders);
    this.contenderStream =
        contenders == null
            ? null
            : new DataOutputStream(new BufferedOutputStream(this.contenders.stream()));
  }

  void write(Prediction prediction) throws IOException {
    rows.stream().write((Json.line(prediction) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  boolean wantsContenders() {
    return contenders != null;
  }

  void write(Contenders image) throws IOException {
    image.write(contenderStream);
  }

  void commit() throws IOException {
    if (contenders != null) {
      Contenders.writeEnd(contenderStream);
      contenderStream.flush();
      contenders.commit();
    }
    rows.commit();
  }

  @Override
  public void close() {
    rows.close();
    if (contenders != null) {
      contenders.close();
    }
  }
}
