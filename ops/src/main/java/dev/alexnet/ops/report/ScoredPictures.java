package dev.alexnet.ops.report;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.DatasetRows;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the pictures of some rows of the predictions from the dataset. */
final class ScoredPictures {
  private ScoredPictures() {}

  /**
   * @return JPEG files by row
   * @throws Failure of kind BAD_DATA if a row's image is another one in the dataset
   */
  static Map<Long, byte[]> read(Dataset dataset, Collection<PredictionRow> rows) {
    Map<Long, String> scored =
        rows.stream()
            .collect(
                Collectors.toMap(
                    PredictionRow::row, row -> row.prediction().image(), (one, same) -> one));
    Map<Long, byte[]> pictures = new TreeMap<>();
    DatasetRows.read(dataset, scored.keySet())
        .forEach(
            (row, record) -> {
              requireSame(
                  record.fileName(), scored.get(row), dataset.location() + " record " + row);
              pictures.put(row, record.image());
            });
    return pictures;
  }

  private static void requireSame(String there, String scored, String where) {
    if (!there.equals(scored)) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          where + " is " + there + ", but the predictions name " + scored + "; score again");
    }
  }
}
