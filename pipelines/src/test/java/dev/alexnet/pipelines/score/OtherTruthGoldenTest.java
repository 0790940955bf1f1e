package dev.alexnet.pipelines.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.alexnet.infra.json.Json;
import dev.alexnet.pipelines.score.statistics.Rank;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Errors by ReaL's labels and among a subset of the classes, against {@code
 * src/test/python/truth_golden.py}, which computes them with NumPy from the same 50,000 predictions
 * of 1,000 classes: the rank of every image, and the errors to the last digit.
 */
class OtherTruthGoldenTest {
  private static final int IMAGES = 50_000;
  private static final int CLASSES = 1_000;
  private static final int LEVELS = 256;
  private static final List<Integer> GUESSES = List.of(1, 2, 3, 4, 5, 20);
  private static final List<Integer> SUBSET = subset();

  @Test
  void errors_of50000Images_areThoseOfNumpy() throws IOException {
    JsonNode golden = golden();
    assertThat(SUBSET).hasSize(golden.path("subset_classes").intValue());
    Tally ofReal = new Tally(GUESSES);
    Tally ofSubset = new Tally(GUESSES);
    CRC32 realRanks = new CRC32();
    CRC32 ranks = new CRC32();
    CRC32 subsetRanks = new CRC32();
    for (int image = 1; image <= IMAGES; image++) {
      float[] row = probabilities(image);
      Prediction real = Prediction.of("image", Optional.of(realLabels(image)), row);
      ofReal.add(real);
      if (real.isScored()) {
        add(realRanks, image, real.rank());
      }
      int label = SUBSET.get(Integer.remainderUnsigned(mixed(image + 3_000_000), SUBSET.size()));
      Prediction own = Prediction.among("image", label, row, SUBSET);
      ofSubset.add(own);
      add(ranks, image, own.rank());
      add(subsetRanks, image, own.subset().rank());
    }
    requireSame(golden.path("real"), ofReal.scored(), ofReal.errors(), realRanks);
    requireSame(golden.path("all"), ofSubset.scored(), ofSubset.errors(), ranks);
    requireSame(
        golden.path("subset"), ofSubset.scored(), ofSubset.errorsAmongSubset(), subsetRanks);
    assertThat(ofReal.ofNoClass()).isEqualTo(IMAGES - ofReal.scored());
  }

  private static void requireSame(
      JsonNode golden, long scored, List<ErrorWithin> errors, CRC32 ranks) {
    assertThat(scored).isEqualTo(golden.path("scored").longValue());
    assertThat(ranks.getValue()).isEqualTo(golden.path("ranks_crc32").longValue());
    assertThat(errors).extracting(ErrorWithin::guesses).isEqualTo(GUESSES);
    for (ErrorWithin error : errors) {
      assertThat(error.error())
          .as("error within %d", error.guesses())
          .isEqualTo(golden.path("errors").path("" + error.guesses()).doubleValue());
    }
  }

  private static void add(CRC32 ranks, int image, Rank rank) {
    String line = image + " " + rank.greater() + " " + rank.tied() + " " + rank.right() + "\n";
    ranks.update(line.getBytes(StandardCharsets.US_ASCII));
  }

  private static JsonNode golden() throws IOException {
    try (InputStream file = OtherTruthGoldenTest.class.getResourceAsStream("truth_golden.json")) {
      return Json.read(file.readAllBytes(), JsonNode.class, "truth_golden.json");
    }
  }

  private static float[] probabilities(int image) {
    float[] row = new float[CLASSES];
    for (int label = 0; label < CLASSES; label++) {
      row[label] =
          (float) Integer.remainderUnsigned(mixed(image * CLASSES + label), LEVELS) / LEVELS;
    }
    return row;
  }

  private static List<Integer> realLabels(int image) {
    long draw = Integer.toUnsignedLong(mixed(image + 7_000_000));
    List<Integer> labels = new ArrayList<>();
    for (int place = 0; draw % 16 != 0 && place < 1 + draw / 16 % 3; place++) {
      int label = Integer.remainderUnsigned(mixed(image * 4 + place + 9_000_000), CLASSES);
      if (!labels.contains(label)) {
        labels.add(label);
      }
    }
    return labels;
  }

  private static List<Integer> subset() {
    TreeSet<Integer> labels = new TreeSet<>();
    for (int i = 0; i < 223; i++) {
      labels.add(Integer.remainderUnsigned(mixed(i + 5_000_000), CLASSES));
    }
    return List.copyOf(labels);
  }

  /** The finaliser of MurmurHash3. */
  private static int mixed(int value) {
    int mixed = (value ^ (value >>> 16)) * 0x85ebca6b;
    mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
    return mixed ^ (mixed >>> 16);
  }
}
