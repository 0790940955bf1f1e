package dev.alexnet.model.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.dataset.ColourStatistics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

class AugmentationGraphTest {
  private static final int SIZE = 10;
  private static final ColourStatistics STATISTICS =
      new ColourStatistics(
          1,
          List.of(100.0, 100.0, 100.0),
          List.of(List.of(400.0, 0.0, 0.0), List.of(0.0, 100.0, 0.0), List.of(0.0, 0.0, 25.0)),
          List.of(400.0, 100.0, 25.0),
          List.of(List.of(1.0, 0.0, 0.0), List.of(0.0, 1.0, 0.0), List.of(0.0, 0.0, 1.0)));

  /** Runs an augmentation on an image whose every pixel names its row and column. */
  private static final class Draws implements AutoCloseable {
    private final Graph graph = new Graph();
    private final Operand<TInt64> roundKey;
    private final Operand<TString> imageId;
    private final Operand<TFloat32> result;
    private final Session session;

    Draws(String operations) {
      Ops tf = Ops.create(graph);
      byte[] pixels = new byte[SIZE * SIZE * 3];
      for (int i = 0; i < SIZE * SIZE; i++) {
        pixels[3 * i] = (byte) (i / SIZE);
        pixels[3 * i + 1] = (byte) (i % SIZE);
        pixels[3 * i + 2] = 100;
      }
      roundKey = tf.placeholder(TInt64.class, Placeholder.shape(Shape.scalar()));
      imageId = tf.placeholder(TString.class, Placeholder.shape(Shape.scalar()));
      result =
          new AugmentationGraph(Augmentation.parse(operations), STATISTICS)
              .apply(
                  tf,
                  tf.constant(TUint8.class, Shape.of(SIZE, SIZE, 3), DataBuffers.of(pixels)),
                  SIZE,
                  roundKey,
                  imageId);
      session = new Session(graph);
    }

    float[] draw(long round, String id) {
      try (TInt64 roundTensor = TInt64.scalarOf(AugmentationGraph.roundKey(1, round));
          TString idTensor = TString.scalarOf(id);
          Result run =
              session
                  .runner()
                  .feed(roundKey, roundTensor)
                  .feed(imageId, idTensor)
                  .fetch(result)
                  .run()) {
        TFloat32 tensor = (TFloat32) run.get(0);
        float[] values = new float[(int) tensor.size()];
        tensor.copyTo(DataBuffers.of(values, false, false));
        return values;
      }
    }

    @Override
    public void close() {
      session.close();
      graph.close();
    }
  }

  @Test
  void randomCrop_overManyDraws_isUniformOverAllWindowsTheLastIncluded() {
    Map<String, Integer> counts = new HashMap<>();
    try (Draws draws = new Draws("random_crop(8)")) {
      for (int i = 0; i < 1800; i++) {
        float[] crop = draws.draw(0, "image" + i);
        assertThat(crop).hasSize(8 * 8 * 3);
        assertThat(crop[3]).isEqualTo(crop[0]);
        assertThat(crop[4]).isEqualTo(crop[1] + 1);
        counts.merge((int) crop[0] + "," + (int) crop[1], 1, Integer::sum);
      }
    }
    // 9 windows, 200 each on average with a standard deviation of 13.
    assertThat(counts).hasSize(9).allSatisfy((window, n) -> assertThat(n).isBetween(140, 260));
  }

  @Test
  void flip_overManyDraws_mirrorsHalfOfTheImagesFromLeftToRight() {
    int mirrored = 0;
    try (Draws draws = new Draws("flip")) {
      for (int i = 0; i < 1000; i++) {
        float[] image = draws.draw(0, "image" + i);
        assertThat(image[0]).isZero();
        assertThat(image[1]).isIn(0f, 9f);
        assertThat(image[3 * (SIZE - 1) + 1]).isEqualTo(9 - image[1]);
        mirrored += image[1] == 9f ? 1 : 0;
      }
    }
    assertThat(mirrored).isBetween(430, 570);
  }

  @Test
  void colour_overManyDraws_hasTheStandardDeviationsOfTheTrainingSet() {
    int draws = 2000;
    double[] squares = new double[3];
    try (Draws noise = new Draws("colour(0.1)")) {
      for (int i = 0; i < draws; i++) {
        float[] image = noise.draw(0, "image" + i);
        double[] shift = {image[0], image[1], image[2] - 100};
        // The last pixel has the same colour added as the first.
        assertThat(image[image.length - 1] - 100).isCloseTo((float) shift[2], within(1e-4f));
        for (int c = 0; c < 3; c++) {
          squares[c] += shift[c] * shift[c];
        }
      }
    }
    assertThat(Math.sqrt(squares[0] / draws)).isCloseTo(2.0, within(0.15));
    assertThat(Math.sqrt(squares[1] / draws)).isCloseTo(1.0, within(0.08));
    assertThat(Math.sqrt(squares[2] / draws)).isCloseTo(0.5, within(0.04));
  }

  @Test
  void apply_dependsOnRoundAndImageAlone() {
    try (Draws first = new Draws("random_crop(8) | flip | colour(0.1)");
        Draws second = new Draws("random_crop(8) | flip | colour(0.1)")) {
      float[] expected = first.draw(3, "a");
      first.draw(4, "b");
      assertThat(second.draw(3, "a")).isEqualTo(expected);
      assertThat(first.draw(3, "a")).isEqualTo(expected);
      assertThat(first.draw(4, "a")).isNotEqualTo(expected);
      assertThat(first.draw(3, "b")).isNotEqualTo(expected);
    }
  }
}
