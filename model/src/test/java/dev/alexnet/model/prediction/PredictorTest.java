package dev.alexnet.model.prediction;

import static dev.alexnet.infra.testing.FailureAssert.assertThatFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.infra.storage.ObjectStores;
import dev.alexnet.model.dataset.Dataset;
import dev.alexnet.model.dataset.ImageRecord;
import dev.alexnet.model.image.JpegDecoding;
import dev.alexnet.model.network.Presets;
import dev.alexnet.model.testing.DatasetFixture;
import dev.alexnet.model.testing.ImageRecords;
import dev.alexnet.model.testing.ModelFixture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
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
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

@Tag("numbers")
class PredictorTest {
  private static final int CLASSES = 7;
  private static final ObjectStore STORE = ObjectStores.standard();

  @TempDir static Path directory;
  private static Location model;
  private static List<byte[]> files;

  @BeforeAll
  static void exportAModelOfRandomValues() {
    Dataset data = DatasetFixture.write(directory.resolve("data"), "train", 56, CLASSES, 14);
    model = ModelFixture.write(directory.resolve("model"), data, 1);
    files =
        ImageRecords.of(data, data.manifest().shards().get(0)).stream()
            .map(ImageRecord::image)
            .toList();
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

  /** As a program without this project's classes would use it, by the documented names. */
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

  /**
   * Crops, mirror images and the mean are computed in plain Java; TensorFlow decodes, and gets one
   * view at a time.
   */
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
    assertThatFailure(() -> Predictor.load(STORE, Location.of(copy)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("is not the file that model.json describes");
  }

  @Test
  void load_withoutTheGraph_saysWhichFileIsMissing() throws IOException {
    Path copy = Files.createDirectories(directory.resolve("half"));
    Files.copy(directory.resolve("model/model.json"), copy.resolve("model.json"));
    assertThatFailure(() -> Predictor.load(STORE, Location.of(copy)))
        .isOfKind(Failure.Kind.INPUT_MISSING)
        .hasMessageContaining("half/saved_model.pb");
  }

  @Test
  void load_ofAnInvalidDescription_saysWhere() throws IOException {
    Path copy = Files.createDirectories(directory.resolve("scribbled"));
    Files.writeString(copy.resolve("model.json"), "{\"schemaVersion\": 1, ");
    assertThatFailure(() -> Predictor.load(STORE, Location.of(copy)))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("scribbled/model.json is not what was expected");
  }

  /** Writes a model whose SavedModel was changed, with the hash of the changed file. */
  private static Location changed(String name, UnaryOperator<SavedModel> change)
      throws IOException {
    Path copy = Files.createDirectories(directory.resolve(name));
    byte[] before = Files.readAllBytes(directory.resolve("model/saved_model.pb"));
    byte[] after = change.apply(SavedModel.parseFrom(before)).toByteArray();
    Files.write(copy.resolve("saved_model.pb"), after);
    String description = Files.readString(directory.resolve("model/model.json"));
    Files.writeString(
        copy.resolve("model.json"), description.replace(Sha256.of(before), Sha256.of(after)));
    return Location.of(copy);
  }

  private static SavedModel without(SavedModel model, String output) {
    SavedModel.Builder builder = model.toBuilder();
    MetaGraphDef.Builder graph = builder.getMetaGraphsBuilder(0);
    graph
        .getSignatureDefMap()
        .forEach(
            (name, signature) ->
                graph.putSignatureDef(name, signature.toBuilder().removeOutputs(output).build()));
    return builder.build();
  }

  @Test
  void load_ofAGraphWithoutOurSignature_saysWhatIsMissing() throws IOException {
    Location other = changed("unsigned", model -> without(model, "probabilities"));
    assertThatFailure(() -> Predictor.load(STORE, other))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(
            "has no signature 'serving_default' with the input 'images' and the output 'probabilities'");
    Location untagged =
        changed(
            "untagged",
            model -> {
              SavedModel.Builder builder = model.toBuilder();
              builder.getMetaGraphsBuilder(0).getMetaInfoDefBuilder().clearTags();
              return builder.build();
            });
    assertThatFailure(() -> Predictor.load(STORE, untagged))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining("untagged/saved_model.pb does not load: ");
    Location dangling =
        changed(
            "dangling",
            model -> {
              SavedModel.Builder builder = model.toBuilder();
              MetaGraphDef.Builder graph = builder.getMetaGraphsBuilder(0);
              SignatureDef.Builder signature =
                  graph.getSignatureDefOrThrow("serving_default").toBuilder();
              TensorInfo images = TensorInfo.newBuilder().setName("nowhere:0").build();
              graph.putSignatureDef(
                  "serving_default", signature.putInputs("images", images).build());
              return builder.build();
            });
    assertThatFailure(() -> Predictor.load(STORE, dangling))
        .isOfKind(Failure.Kind.BAD_DATA)
        .hasMessageContaining(
            "its signature 'serving_default' names the tensor nowhere:0, which its graph does not"
                + " have. Copy the model again");
  }

  @Test
  void features_ofAModelWithoutThem_asksForAnother() throws IOException {
    Location old = changed("featureless", model -> without(model, "features"));
    try (Predictor predictor = Predictor.load(STORE, old)) {
      assertThat(predictor.predict(files)).hasNumberOfRows(files.size());
      assertThatFailure(() -> predictor.features(files, 1))
          .isOfKind(Failure.Kind.MISMATCH)
          .hasMessageContaining("no output 'features'");
    }
  }

  /** Computes the last layer from the features in plain Java. */
  @Test
  void features_throughTheLastLayer_giveTheProbabilities() throws IOException {
    Dataset data = Dataset.open(STORE, Location.of(directory.resolve("data")));
    Map<String, float[]> last = new HashMap<>();
    Random random = new Random(3);
    Location copy =
        ModelFixture.write(
            directory.resolve("known"),
            data,
            Presets.mini(),
            parameter -> {
              float[] values = new float[(int) parameter.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) (0.05 * random.nextGaussian());
              }
              last.put(parameter.name(), values);
              return values;
            });
    float[] weights = last.get("tower0/fc8/weights");
    float[] biases = last.get("tower0/fc8/biases");
    try (Predictor predictor = Predictor.load(STORE, copy)) {
      float[][] features = predictor.features(files, 1);
      float[][] expected = predictor.predict(files);
      assertThat(features).hasDimensions(files.size(), 256);
      for (int file = 0; file < files.size(); file++) {
        double[] exponentials = new double[CLASSES];
        double sum = 0;
        for (int label = 0; label < CLASSES; label++) {
          double logit = biases[label];
          for (int value = 0; value < 256; value++) {
            logit += features[file][value] * weights[value * CLASSES + label];
          }
          exponentials[label] = Math.exp(logit);
          sum += exponentials[label];
        }
        for (int label = 0; label < CLASSES; label++) {
          assertThat(exponentials[label] / sum).isCloseTo(expected[file][label], within(1e-5));
        }
      }
      assertThat(predictor.features(files, 10)[0]).isNotEqualTo(features[0]);
    }
  }

  @Test
  void load_withoutModel_saysWhatWritesOne() {
    assertThatFailure(() -> Predictor.load(STORE, Location.of(directory.resolve("none"))))
        .isOfKind(Failure.Kind.INPUT_MISSING)
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
