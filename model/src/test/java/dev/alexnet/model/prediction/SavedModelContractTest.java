package dev.alexnet.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/**
 * Checks what {@code docs/formats.md} says about a model from the view of a program that has only
 * TensorFlow: once the directory is written, only classes of TensorFlow and Java are used.
 */
@Tag("numbers")
class SavedModelContractTest {
  private static final int CLASSES = 7;
  private static final int INPUT = 48;

  @TempDir static Path directory;
  private static String model;

  @BeforeAll
  static void exportAModel() {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "train", 56, CLASSES, 14);
    model = ModelFixture.write(directory.resolve("model"), data, 3).value();
  }

  private static byte[] jpeg(int width, int height, int seed) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      image.setRGB(x, y, ((x * seed & 255) << 16) | ((y * 3 & 255) << 8) | ((x + y) * seed & 255));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", bytes);
    return bytes.toByteArray();
  }

  private static TString files() throws IOException {
    // Images of any size not below the network's input, of different sizes in one batch.
    byte[][] files = {jpeg(56, 56, 3), jpeg(90, 61, 5), jpeg(INPUT, INPUT, 9)};
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(files));
  }

  private static float[][] floats(Result result, String output) {
    return StdArrays.array2dCopyOf((TFloat32) result.get(output).orElseThrow());
  }

  private static void assertOutputs(Result result, int files) {
    float[][] probabilities = floats(result, "probabilities");
    float[][] top = floats(result, "top_probabilities");
    TInt32 labels = (TInt32) result.get("top_labels").orElseThrow();
    assertThat(probabilities).hasDimensions(files, CLASSES);
    assertThat(top).hasDimensions(files, 5);
    assertThat(labels.shape()).isEqualTo(Shape.of(files, 5));
    assertThat(floats(result, "features")).hasDimensions(files, 256);
    for (int file = 0; file < files; file++) {
      float sum = 0;
      for (float probability : probabilities[file]) {
        assertThat(probability).isBetween(0f, 1f);
        sum += probability;
      }
      assertThat(sum).isCloseTo(1, within(1e-5f));
      for (int place = 0; place < 5; place++) {
        assertThat(top[file][place]).isEqualTo(probabilities[file][labels.getInt(file, place)]);
        assertThat(place == 0 || top[file][place] <= top[file][place - 1]).isTrue();
      }
    }
  }

  @Test
  void signatures_areThoseOfTheDocumentation() {
    try (SavedModelBundle bundle = SavedModelBundle.load(model, "serve")) {
      Map<String, SignatureDef> signatures = bundle.metaGraphDef().getSignatureDefMap();
      assertThat(signatures).containsOnlyKeys("serving_default", "pixels", "views");
      assertThat(signatures.get("serving_default").getInputsMap()).containsOnlyKeys("images");
      assertThat(signatures.get("pixels").getInputsMap()).containsOnlyKeys("pixels");
      assertThat(signatures.get("views").getInputsMap()).containsOnlyKeys("images", "views");
      assertThat(signatures.values())
          .allSatisfy(
              signature ->
                  assertThat(signature.getOutputsMap())
                      .containsOnlyKeys(
                          "probabilities", "top_labels", "top_probabilities", "features"));
      assertThat(signatures.get("views").getInputsOrThrow("images").getDtype())
          .isEqualTo(DataType.DT_STRING);
      assertThat(signatures.get("views").getInputsOrThrow("views").getDtype())
          .isEqualTo(DataType.DT_INT32);
      assertThat(signatures.get("pixels").getInputsOrThrow("pixels").getDtype())
          .isEqualTo(DataType.DT_FLOAT);
    }
  }

  @Test
  void everySignature_called_givesWhatTheDocumentationSays() throws IOException {
    float[] grey = new float[2 * INPUT * INPUT * 3];
    Arrays.fill(grey, 100);
    try (SavedModelBundle bundle = SavedModelBundle.load(model, "serve");
        TString images = files();
        TInt32 centre = TInt32.vectorOf(2);
        Tensor pixels = TFloat32.tensorOf(Shape.of(2, INPUT, INPUT, 3), DataBuffers.of(grey));
        Result served = bundle.function("serving_default").call(Map.of("images", images));
        Result seen = bundle.function("views").call(Map.of("images", images, "views", centre));
        Result ofPixels = bundle.function("pixels").call(Map.of("pixels", pixels))) {
      assertOutputs(served, 3);
      assertOutputs(seen, 3);
      assertOutputs(ofPixels, 2);
      assertThat(floats(seen, "probabilities")).isDeepEqualTo(floats(served, "probabilities"));
      // Kernels for some processors, such as AMD's with AVX2 and no more, add up the rows of a
      // product in different orders.
      assertThat(floats(ofPixels, "features")[1])
          .usingComparatorWithPrecision(1e-6f)
          .containsExactly(floats(ofPixels, "features")[0]);
    }
  }

  @Test
  void views_allTen_areTheMeanOfEach() throws IOException {
    try (SavedModelBundle bundle = SavedModelBundle.load(model, "serve");
        TString images = files();
        TInt32 all = TInt32.vectorOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        Result ten = bundle.function("views").call(Map.of("images", images, "views", all))) {
      double[][] sums = new double[3][CLASSES];
      for (int view = 0; view < 10; view++) {
        try (TInt32 one = TInt32.vectorOf(view);
            Result result = bundle.function("views").call(Map.of("images", images, "views", one))) {
          float[][] probabilities = floats(result, "probabilities");
          for (int file = 0; file < 3; file++) {
            for (int label = 0; label < CLASSES; label++) {
              sums[file][label] += probabilities[file][label];
            }
          }
        }
      }
      float[][] mean = floats(ten, "probabilities");
      for (int file = 0; file < 3; file++) {
        for (int label = 0; label < CLASSES; label++) {
          assertThat((double) mean[file][label]).isCloseTo(sums[file][label] / 10, within(1e-5));
        }
      }
    }
  }
}
