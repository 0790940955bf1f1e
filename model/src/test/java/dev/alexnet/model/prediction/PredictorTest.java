package dev.alexnet.model.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.TfRecordReader;
import dev.alexnet.model.image.JpegDecoding;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ModelFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

class PredictorTest {
  private static final int CLASSES = 7;
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir static Path directory;
  private static Location model;
  private static List<byte[]> files;

  @BeforeAll
  static void exportAModelOfRandomValues() throws IOException {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "train", 56, CLASSES, 14);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
    files = new ArrayList<>();
    try (TfRecordReader reader = data.read(data.manifest().shards().get(0))) {
      for (byte[] record = reader.next(); record != null; record = reader.next()) {
        files.add(data.manifest().codec().decode(record, reader.where()).image());
      }
    }
  }

  @Test
  void predict_ofABatch_equalsThePredictionOfEachAlone() {
    try (Predictor predictor = Predictor.load(STORE, model)) {
      float[][] together = predictor.predict(files);
      assertThat(together).hasDimensions(files.size(), CLASSES);
      for (int i = 0; i < files.size(); i++) {
        float[] alone = predictor.predict(List.of(files.get(i)))[0];
        double sum = 0;
        for (int label = 0; label < CLASSES; label++) {
          assertThat(together[i][label]).isCloseTo(alone[label], within(1e-6f));
          sum += together[i][label];
        }
        assertThat(sum).isCloseTo(1, within(1e-5));
      }
      assertThat(predictor.predict(List.of())).isEmpty();
    }
  }

  /** As a program without any class of ours would, by the names in the documentation. */
  @Test
  void savedModel_fedWithPixels_agreesWithTheSameFile() throws IOException {
    var image = ImageIO.read(new ByteArrayInputStream(files.get(0)));
    float[] pixels = new float[48 * 48 * 3];
    for (int i = 0; i < 48 * 48; i++) {
      int rgb = image.getRGB(4 + i % 48, 4 + i / 48);
      pixels[3 * i] = rgb >> 16 & 0xff;
      pixels[3 * i + 1] = rgb >> 8 & 0xff;
      pixels[3 * i + 2] = rgb & 0xff;
    }
    float[] expected;
    try (Predictor predictor = Predictor.load(STORE, model)) {
      expected = predictor.predict(List.of(files.get(0)))[0];
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(model.value(), "serve");
        Tensor input = TFloat32.tensorOf(Shape.of(1, 48, 48, 3), DataBuffers.of(pixels));
        Result result = bundle.function("pixels").call(Map.of("pixels", input))) {
      float[] actual =
          StdArrays.array2dCopyOf((TFloat32) result.get("probabilities").orElseThrow())[0];
      for (int label = 0; label < CLASSES; label++) {
        // The two JPEG decoders differ by a level here and there.
        assertThat(actual[label]).isCloseTo(expected[label], within(1e-2f));
      }
      TInt32 top = (TInt32) result.get("top_labels").orElseThrow();
      assertThat(top.shape()).isEqualTo(Shape.of(1, 5));
      assertThat(actual[top.getInt(0, 0)]).isGreaterThanOrEqualTo(actual[top.getInt(0, 1)]);
    }
  }

  /** Crops, mirror images and mean by plain arithmetic; TensorFlow decodes, and sees one view. */
  @Test
  void predictTenViews_ofAFile_isTheMeanOfItsCropsAndMirrorImages() {
    try (Predictor predictor = Predictor.load(STORE, model);
        SavedModelBundle bundle = SavedModelBundle.load(model.value(), "serve")) {
      int[][] corners = {{0, 0}, {0, 8}, {4, 4}, {8, 0}, {8, 8}};
      for (byte[] file : files) {
        float[] pixels = decoded(file);
        double[] expected = new double[CLASSES];
        for (int[] corner : corners) {
          for (boolean mirrored : new boolean[] {false, true}) {
            float[] probabilities = ofPixels(bundle, crop(pixels, corner[0], corner[1], mirrored));
            for (int label = 0; label < CLASSES; label++) {
              expected[label] += probabilities[label] / 10.0;
            }
          }
        }
        float[] actual = predictor.predictTenViews(List.of(file))[0];
        float[] centre = predictor.predict(List.of(file))[0];
        float[] centreExpected = ofPixels(bundle, crop(pixels, 4, 4, false));
        for (int label = 0; label < CLASSES; label++) {
          assertThat((double) actual[label]).isCloseTo(expected[label], within(1e-5));
          assertThat(centre[label]).isCloseTo(centreExpected[label], within(1e-6f));
        }
      }
      float[][] together = predictor.predictTenViews(files);
      assertThat(together).hasDimensions(files.size(), CLASSES);
      for (int label = 0; label < CLASSES; label++) {
        assertThat(together[1][label])
            .isCloseTo(predictor.predictTenViews(List.of(files.get(1)))[0][label], within(1e-6f));
      }
    }
  }

  @Test
  void load_ofAChangedFile_isRefused() throws IOException {
    Path copy = Files.createDirectories(directory.resolve("changed"));
    Files.copy(directory.resolve("model/model.json"), copy.resolve("model.json"));
    byte[] bytes = Files.readAllBytes(directory.resolve("model/saved_model.pb"));
    bytes[bytes.length / 2] ^= 1;
    Files.write(copy.resolve("saved_model.pb"), bytes);
    assertThatThrownBy(() -> Predictor.load(STORE, Location.of(copy)))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.BAD_DATA))
        .hasMessageContaining("is not the file that model.json describes");
  }

  @Test
  void load_whereThereIsNoModel_saysWhatWritesOne() {
    assertThatThrownBy(() -> Predictor.load(STORE, Location.of(directory.resolve("none"))))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.kind()).isEqualTo(Failure.Kind.INPUT_MISSING))
        .hasMessageContaining("alexnet train");
  }

  private static float[] ofPixels(SavedModelBundle bundle, float[] pixels) {
    try (Tensor input = TFloat32.tensorOf(Shape.of(1, 48, 48, 3), DataBuffers.of(pixels));
        Result result = bundle.function("pixels").call(Map.of("pixels", input))) {
      return StdArrays.array2dCopyOf((TFloat32) result.get("probabilities").orElseThrow())[0];
    }
  }

  private static float[] decoded(byte[] file) {
    try (Graph graph = new Graph();
        Session session = new Session(graph);
        TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(file))) {
      Ops tf = Ops.create(graph);
      var image = tf.dtypes.cast(JpegDecoding.decode(tf, tf.constant(bytes)), TFloat32.class);
      try (Result result = session.runner().fetch(image).run()) {
        float[] pixels = new float[56 * 56 * 3];
        ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(pixels);
        return pixels;
      }
    }
  }

  private static float[] crop(float[] pixels, int top, int left, boolean mirrored) {
    float[] crop = new float[48 * 48 * 3];
    for (int row = 0; row < 48; row++) {
      for (int column = 0; column < 48; column++) {
        int from = mirrored ? 47 - column : column;
        int source = 3 * ((top + row) * 56 + left + from);
        System.arraycopy(pixels, source, crop, 3 * (48 * row + column), 3);
      }
    }
    return crop;
  }
}
