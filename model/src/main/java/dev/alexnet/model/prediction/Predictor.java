package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.hash.Sha256;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** An exported model, loaded. Safe for use by many threads. */
public final class Predictor implements AutoCloseable {
  private final ModelDescription description;
  private final SavedModelBundle bundle;
  private final String imagesTensor;
  private final String probabilitiesTensor;
  private final String viewsTensor;
  private final TensorInfo features;

  private Predictor(
      ModelDescription description,
      SavedModelBundle bundle,
      SignatureDef signature,
      SignatureDef ofViews) {
    this.description = description;
    this.bundle = bundle;
    this.imagesTensor = nameOf(signature.getInputsMap(), InferenceGraph.IMAGES);
    this.probabilitiesTensor = nameOf(signature.getOutputsMap(), InferenceGraph.PROBABILITIES);
    this.features =
        signature
            .getOutputsMap()
            .getOrDefault(InferenceGraph.FEATURES, TensorInfo.getDefaultInstance());
    this.viewsTensor = nameOf(ofViews.getInputsMap(), InferenceGraph.VIEWS);
  }

  private static String nameOf(Map<String, TensorInfo> tensors, String name) {
    return tensors.getOrDefault(name, TensorInfo.getDefaultInstance()).getName();
  }

  /**
   * Reads what a model is, without loading it.
   *
   * @throws Failure of kind INPUT_MISSING where there is no model
   */
  public static ModelDescription describe(ObjectStore store, Location directory) {
    Location file = directory.resolve(ModelDescription.FILE);
    if (!store.exists(file)) {
      throw new Failure(
          Failure.Kind.INPUT_MISSING,
          "There is no model at "
              + directory
              + " (no "
              + ModelDescription.FILE
              + "); 'alexnet train' writes one into model/ of its work directory");
    }
    return ModelDescription.FORMAT.read(store.readAll(file), ModelDescription.class, file);
  }

  /**
   * Loads a model.
   *
   * @throws Failure of kind INPUT_MISSING where there is none, BAD_DATA where its files are not
   *     those that its description names
   */
  public static Predictor load(ObjectStore store, Location directory) {
    ModelDescription description = describe(store, directory);
    Location file = directory.resolve(ModelExport.SAVED_MODEL);
    byte[] savedModel = store.readAll(file);
    if (!Sha256.of(savedModel).equals(description.savedModelHash())) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          file + " is not the file that " + ModelDescription.FILE + " describes; export it again");
    }
    try {
      return load(description, savedModel, file);
    } catch (IOException e) {
      throw new Failure(
          Failure.Kind.INPUT_OUTPUT, "Cannot unpack " + file + " to load it: " + e, e);
    }
  }

  // TensorFlow loads from a local directory only, and holds nothing of it afterwards.
  private static Predictor load(ModelDescription description, byte[] savedModel, Location source)
      throws IOException {
    Path directory = Files.createTempDirectory("alexnet-model-");
    Path file = directory.resolve(ModelExport.SAVED_MODEL);
    try {
      Files.write(file, savedModel);
      ConfigProto config =
          ConfigProto.newBuilder()
              .setAllowSoftPlacement(true)
              .setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true))
              .build();
      SavedModelBundle bundle =
          SavedModelBundle.loader(directory.toString())
              .withTags(ModelExport.TAG)
              .withConfigProto(config)
              .load();
      Predictor predictor =
          new Predictor(
              description,
              bundle,
              signature(bundle, InferenceGraph.FROM_FILES),
              signature(bundle, InferenceGraph.OF_VIEWS));
      predictor.requireSignature(source);
      return predictor;
    } catch (TensorFlowException | TFInvalidArgumentException e) {
      throw new Failure(Failure.Kind.BAD_DATA, source + " does not load: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private void requireSignature(Location source) {
    if (imagesTensor.isEmpty() || probabilitiesTensor.isEmpty()) {
      close();
      throw new Failure(
          Failure.Kind.BAD_DATA,
          "%s has no signature '%s' that takes '%s' and gives '%s'; it is no model of this program. Train, or export it again"
              .formatted(
                  source,
                  InferenceGraph.FROM_FILES,
                  InferenceGraph.IMAGES,
                  InferenceGraph.PROBABILITIES));
    }
  }

  private static SignatureDef signature(SavedModelBundle bundle, String name) {
    return bundle.metaGraphDef().getSignatureDefOrDefault(name, SignatureDef.getDefaultInstance());
  }

  public ModelDescription description() {
    return description;
  }

  /**
   * Predicts a batch of JPEG files, each at least as large as the network's input; the centre is
   * what it sees.
   *
   * @return {@code [files, classes]}, the probability of each class
   * @throws TFInvalidArgumentException where one of the files does not decode
   */
  public float[][] predict(List<byte[]> files) {
    return predict(files, new int[] {Views.CENTRE});
  }

  /**
   * Predicts a batch of JPEG files from ten views of each: its corners and centre as large as the
   * network's input, and their mirror images.
   *
   * @return {@code [files, classes]}, the mean over the views of the probability of each class
   * @throws TFInvalidArgumentException where one of the files does not decode
   * @throws Failure of kind MISMATCH where the model was exported without the views
   */
  public float[][] predictTenViews(List<byte[]> files) {
    return predict(files, IntStream.range(0, Views.TEN).toArray());
  }

  /**
   * What the last layer reads of a batch of JPEG files.
   *
   * @param views of each: 1, the centre, or 10, whose mean it is
   * @return {@code [files, values]}: 4096 values in the published network
   * @throws TFInvalidArgumentException where one of the files does not decode
   * @throws Failure of kind MISMATCH where the model was exported without it
   */
  public float[][] features(List<byte[]> files, int views) {
    requireFeatures();
    int[] places = views == 1 ? new int[] {Views.CENTRE} : IntStream.range(0, Views.TEN).toArray();
    return run(files, places, features.getName());
  }

  /**
   * How many features an image has: 4096 in the published network.
   *
   * @throws Failure of kind MISMATCH where the model was exported without them
   */
  public int featureCount() {
    requireFeatures();
    return Math.toIntExact(features.getTensorShape().getDim(1).getSize());
  }

  private void requireFeatures() {
    if (features.getName().isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The model gives no features: its SavedModel has no output '"
              + InferenceGraph.FEATURES
              + "'. Export it again");
    }
  }

  private float[][] predict(List<byte[]> files, int[] views) {
    return run(files, views, probabilitiesTensor);
  }

  private float[][] run(List<byte[]> files, int[] views, String tensor) {
    if (files.isEmpty()) {
      return new float[0][];
    }
    Session session = bundle.session();
    try (TString input = bytes(files);
        TInt32 seen = TInt32.vectorOf(views);
        Result result = runner(session, input, seen).fetch(tensor).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }

  private Session.Runner runner(Session session, TString input, TInt32 views) {
    Session.Runner runner = session.runner().feed(imagesTensor, input);
    if (!viewsTensor.isEmpty()) {
      return runner.feed(viewsTensor, views);
    }
    if (views.size() > 1) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The model sees the centre only: its SavedModel has no signature '"
              + InferenceGraph.OF_VIEWS
              + "'. Export it again, or score one view");
    }
    return runner;
  }

  private static TString bytes(List<byte[]> files) {
    return TString.tensorOfBytes(NdArrays.vectorOfObjects(files.toArray(byte[][]::new)));
  }

  @Override
  public void close() {
    bundle.close();
  }
}
