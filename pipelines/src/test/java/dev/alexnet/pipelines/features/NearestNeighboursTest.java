package dev.alexnet.pipelines.features;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.numpy.NpyMatrixReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against NumPy's brute force on NumPy's files, by {@code src/test/python/features_golden.py}. */
class NearestNeighboursTest {
  private static final List<Long> OWN_ROWS = List.of(5L, -1L, -1L);

  @TempDir Path directory;

  private static Path golden(String name) {
    try {
      return Path.of(NearestNeighboursTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[][] queries() throws IOException {
    try (NpyMatrixReader reader =
        NpyMatrixReader.open(Files.newInputStream(golden("queries.npy")), "queries.npy")) {
      float[][] queries = new float[(int) reader.rows()][reader.columns()];
      for (float[] query : queries) {
        assertThat(reader.read(query)).isEqualTo(1);
      }
      return queries;
    }
  }

  private static Features features(Path directory) {
    return Features.open(ObjectStores.standard(), Location.of(directory));
  }

  @Test
  void of_filesOfNumpy_findsWhatNumpyFinds() throws IOException {
    Features features = features(golden("features.json").getParent());

    List<List<Neighbour>> nearest =
        NearestNeighbours.of(features, queries(), OWN_ROWS, 6, Progress.SILENT);

    JsonNode expected =
        new ObjectMapper().readTree(golden("neighbours.json").toFile()).get("queries");
    assertThat(nearest).hasSize(3);
    for (int query = 0; query < 3; query++) {
      List<Long> rows = new ArrayList<>();
      expected.get(query).get("rows").forEach(row -> rows.add(row.asLong()));
      assertThat(nearest.get(query)).extracting(Neighbour::row).isEqualTo(rows);
      for (int i = 0; i < 6; i++) {
        assertThat(nearest.get(query).get(i).distance())
            .isCloseTo(expected.get(query).get("distances").get(i).asDouble(), within(1e-12));
      }
    }
  }

  @Test
  void of_moreNeighboursThanRows_givesAllThatHaveFeaturesOnce() throws IOException {
    Features features = features(golden("features.json").getParent());

    List<List<Neighbour>> nearest =
        NearestNeighbours.of(features, queries(), OWN_ROWS, 1000, Progress.SILENT);

    // Sixty rows, of which one is NaN and, for the first query, one is the query itself.
    assertThat(nearest).extracting(List::size).containsExactly(58, 59, 59);
    assertThat(nearest.get(0)).extracting(Neighbour::row).doesNotHaveDuplicates();
  }

  @Test
  void of_queryOfAnotherModel_isRefused() {
    Features features = features(golden("features.json").getParent());

    assertThatThrownBy(
            () ->
                NearestNeighbours.of(features, new float[1][25], List.of(-1L), 6, Progress.SILENT))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("A query has 25 features and the rows of")
        .hasMessageContaining("have 24");
  }

  private void copyGolden() throws IOException {
    for (String name :
        List.of("features.json", "features-00000-of-00002.npy", "features-00001-of-00002.npy")) {
      Files.copy(golden(name), directory.resolve(name));
    }
  }

  @Test
  void of_matrixWithAFlippedBit_isBadDataAndNamesTheFile() throws IOException {
    copyGolden();
    Path damaged = directory.resolve("features-00000-of-00002.npy");
    byte[] content = Files.readAllBytes(damaged);
    content[content.length / 2] ^= 4;
    Files.write(damaged, content);

    assertThatFailure(
            () ->
                NearestNeighbours.of(features(directory), queries(), OWN_ROWS, 6, Progress.SILENT))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessage(
            damaged
                + " is damaged: its CRC-32C does not match the one in features.json. Run the same 'alexnet"
                + " features' again to rewrite it");
  }

  @Test
  void of_matrixThatIsCut_isBadData() throws IOException {
    copyGolden();
    Path cut = directory.resolve("features-00001-of-00002.npy");
    byte[] content = Files.readAllBytes(cut);
    Files.write(cut, java.util.Arrays.copyOf(content, content.length - 1));

    assertThatFailure(
            () ->
                NearestNeighbours.of(features(directory), queries(), OWN_ROWS, 6, Progress.SILENT))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(cut + " ends before the last of its 23 rows");
  }
}
