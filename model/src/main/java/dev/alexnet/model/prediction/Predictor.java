package dev.alexnet.model.prediction;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.storage.Location;
import dev.alexnet.infra.storage.ObjectStore;
import dev.alexnet.model.image.View;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TString;

/** An exported model, loaded. Safe for use by many threads. */
public final class Predictor implements AutoCloseable {
  /** The largest number of views that one call is expected to have. */
  private static final int BATCH = 128;

  private final ModelDescription description;
  private final Graph graph;
  private final Session session;
  private final String imagesTensor;
  private final String probabilitiesTensor;
  private final String viewsTensor;
  private final TensorInfo features;

  /**
   * @param graph closed with the predictor, like its session
   */
  Predictor(
      ModelDescription description,
      Graph graph,
      Session session,
      SignatureDef signature,
      SignatureDef ofViews) {
    this.description = description;
    this.graph = graph;
    this.session = session;
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
   * Reads a model's description, without loading the model.
   *
   * @throws Failure of kind INPUT_MISSING if there is no model
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
   * Loads a model on the first GPU, or on the CPU if there is none.
   *
   * @throws Failure of kind INPUT_MISSING if there is no model, BAD_DATA if its files are not those
   *     that its description names, DEVICE if an operation computes wrongly in every form
   */
  public static Predictor load(ObjectStore store, Location directory) {
    return ModelFile.read(store, directory)
        .on(InferenceDevices.AUTOMATIC.available().get(0), new ModelArithmetic(BATCH));
  }

  public ModelDescription description() {
    return description;
  }

  /**
   * Predicts a batch of JPEG files, each at least as large as the network's input; only the centre
   * is used.
   *
   * @return {@code [files, classes]}, the probability of each class
   * @throws TFInvalidArgumentException if one of the files cannot be decoded
   * @throws Failure of kind BAD_DATA if the number of classes of the model differs from its
   *     description
   */
  public float[][] predict(List<byte[]> files) {
    return predict(files, new int[] {View.CENTRE});
  }

  /**
   * Predicts a batch of JPEG files from ten views of each: its corners and centre as large as the
   * network's input, and their mirror images.
   *
   * @return {@code [files, classes]}, the mean over the views of the probability of each class
   * @throws TFInvalidArgumentException if one of the files cannot be decoded
   * @throws Failure of kind MISMATCH if the model was exported without the views
   */
  public float[][] predictTenViews(List<byte[]> files) {
    return predict(files, IntStream.range(0, View.TEN.size()).toArray());
  }

  /**
   * The input of the last layer for a batch of JPEG files.
   *
   * @param views of each: 1, the centre, or 10, whose mean is taken
   * @return {@code [files, values]}: 4096 values in the published network
   * @throws TFInvalidArgumentException if one of the files cannot be decoded
   * @throws Failure of kind MISMATCH if the model was exported without it
   */
  public float[][] features(List<byte[]> files, int views) {
    requireFeatures();
    int[] places =
        views == 1 ? new int[] {View.CENTRE} : IntStream.range(0, View.TEN.size()).toArray();
    return run(files, places, features.getName());
  }

  /**
   * How many features an image has: 4096 in the published network.
   *
   * @throws Failure of kind MISMATCH if the model was exported without them
   */
  public int featureCount() {
    requireFeatures();
    return Math.toIntExact(features.getTensorShape().getDim(1).getSize());
  }

  private void requireFeatures() {
    if (features.getName().isEmpty()) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The model has no features: its SavedModel has no output '"
              + InferenceGraph.FEATURES
              + "'. Export it again");
    }
  }

  private float[][] predict(List<byte[]> files, int[] views) {
    float[][] probabilities = run(files, views, probabilitiesTensor);
    int classes = description.classes().size();
    if (probabilities.length > 0 && probabilities[0].length != classes) {
      throw new Failure(
          Failure.Kind.BAD_DATA,
          ("The model gives %d probabilities for each image, but its %s has %d classes; "
                  + "the two belong to different models. %s")
              .formatted(
                  probabilities[0].length,
                  ModelDescription.FILE,
                  classes,
                  ModelDescription.REMEDY));
    }
    return probabilities;
  }

  private float[][] run(List<byte[]> files, int[] views, String tensor) {
    if (files.isEmpty()) {
      return new float[0][];
    }
    try (TString input = bytes(files);
        TInt32 seen = TInt32.vectorOf(views);
        Result result = runner(input, seen).fetch(tensor).run()) {
      return StdArrays.array2dCopyOf((TFloat32) result.get(0));
    }
  }

  private Session.Runner runner(TString input, TInt32 views) {
    Session.Runner runner = session.runner().feed(imagesTensor, input);
    if (!viewsTensor.isEmpty()) {
      return runner.feed(viewsTensor, views);
    }
    if (views.size() > 1) {
      throw new Failure(
          Failure.Kind.MISMATCH,
          "The model can only use the centre view: its SavedModel has no signature '"
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
    session.close();
    graph.close();
  }
}
