package dev.alexnet.pipelines.score;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.dataset.Shard;
import dev.alexnet.pipelines.output.VerifiedMatrix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.exceptions.TFInvalidArgumentException;

/** The kept probabilities of one shard, read in the order of its records. */
final class KeptShard implements MemberProbabilities.OfShard {
  private final ObjectStore store;
  private final List<KeptProbabilities.Kept> members;
  private final Map<Location, Matrix> matrices = new LinkedHashMap<>();
  private final long firstRecord;

  private KeptShard(
      ObjectStore store, List<KeptProbabilities.Kept> members, List<Shard> shards, int index) {
    this.store = store;
    this.members = members;
    this.firstRecord = shards.subList(0, index).stream().mapToLong(Shard::records).sum();
  }

  /**
   * @param shards of the dataset
   * @throws Failure of kind INPUT_MISSING if a file does not exist, BAD_DATA if it does not fit its
   *     scores
   */
  static KeptShard open(
      ObjectStore store, List<KeptProbabilities.Kept> members, List<Shard> shards, int index)
      throws IOException {
    KeptShard opened = new KeptShard(store, members, shards, index);
    try {
      for (KeptProbabilities.Kept kept : members) {
        if (!opened.matrices.containsKey(kept.directory())) {
          opened.matrices.put(
              kept.directory(), Matrix.open(store, kept, index, shards.get(index).records()));
        }
      }
      return opened;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public List<float[][]> of(long row, List<ImageRecord> images) throws IOException {
    List<float[][]> each = new ArrayList<>();
    for (KeptProbabilities.Kept kept : members) {
      float[][] rows =
          matrices
              .get(kept.directory())
              .rows(row, images.size(), kept.member(), kept.scores().counts().classes());
      for (int image = 0; image < rows.length; image++) {
        if (Float.isNaN(rows[image][0])) {
          throw new TFInvalidArgumentException(reason(kept, firstRecord + row + image));
        }
      }
      each.add(rows);
    }
    return each;
  }

  /** Why an image could not be decoded, from its row of the scores; there are few such images. */
  private String reason(KeptProbabilities.Kept kept, long record) {
    String[] reason = new String[1];
    Predictions.read(
        store,
        kept.directory(),
        kept.scores(),
        (row, prediction, where) -> {
          if (row == record) {
            reason[0] =
                prediction
                    .undecodable()
                    .orElseThrow(
                        () ->
                            new Failure(
                                Failure.Kind.BAD_DATA,
                                where
                                    + " is of an image without probabilities, but does not say that"
                                    + " it is undecodable. Score again, into another directory"));
          }
        });
    return reason[0];
  }

  @Override
  public void finish() throws IOException {
    for (Matrix matrix : matrices.values()) {
      matrix.finish();
    }
  }

  @Override
  public void close() throws IOException {
    for (Matrix matrix : matrices.values()) {
      matrix.file.close();
    }
  }

  /** A file and the rows of it that were read last. */
  private static final class Matrix {
    private final VerifiedMatrix file;
    private float[] block = {};
    private long first;
    private int rows;

    private Matrix(VerifiedMatrix file) {
      this.file = file;
    }

    static Matrix open(ObjectStore store, KeptProbabilities.Kept kept, int shard, long records)
        throws IOException {
      Shard written = kept.scores().probabilities().get(shard);
      Location place = kept.directory().resolve(written.name());
      VerifiedMatrix file =
          VerifiedMatrix.open(
              store,
              place,
              written,
              Scores.FILE + ". Run the 'alexnet score' that wrote it again, which mends it");
      if (file.rows() != records || file.columns() != kept.columns()) {
        file.close();
        throw new Failure(
            Failure.Kind.BAD_DATA,
            "%s is a matrix of %d × %d; by %s it must be one of %d × %d. Score again, into another directory"
                .formatted(
                    place, file.rows(), file.columns(), Scores.FILE, records, kept.columns()));
      }
      return new Matrix(file);
    }

    float[][] rows(long row, int count, int member, int classes) throws IOException {
      // Images of a batch that cannot be decoded as a whole are asked for again, one by one.
      if (row < first || row + count > first + rows) {
        passOver(row - first - rows);
        block = new float[count * file.columns()];
        first = row;
        rows = file.read(block);
      }
      float[][] of = new float[count][];
      for (int i = 0; i < count; i++) {
        int start = (int) (row - first + i) * file.columns() + member * classes;
        of[i] = Arrays.copyOfRange(block, start, start + classes);
      }
      return of;
    }

    private void passOver(long count) throws IOException {
      float[] one = new float[file.columns()];
      for (long i = 0; i < count; i++) {
        file.read(one);
      }
    }

    void finish() throws IOException {
      float[] one = new float[file.columns()];
      int read = file.read(one);
      while (read > 0) {
        read = file.read(one);
      }
    }
  }
}
