package dev.alexnet.model.dataset;

import dev.alexnet.infra.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The files by which TensorFlow Datasets recognises a dataset's directory, so that {@code
 * tfds.builder_from_directory} opens it: features, splits and the names of the labels. Their format
 * is that of its messages {@code Feature} and {@code DatasetInfo} in protobuf's JSON, in which
 * 64-bit integers are strings.
 */
final class TensorFlowDatasetsFiles {
  static final String FEATURES = "features.json";
  static final String INFO = "dataset_info.json";

  /** One name per line; the file is named after the feature. */
  static final String LABEL_NAMES = RecordSchema.TFDS.label() + ".labels.txt";

  private static final String CLASSES = "tensorflow_datasets.core.features.";
  private static final String NAME = "alexnet";

  private TensorFlowDatasetsFiles() {}

  /** The content of each file, by name. */
  static SortedMap<String, byte[]> of(DatasetManifest manifest) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(FEATURES, Json.document(features(manifest)));
    files.put(INFO, Json.document(info(manifest)));
    if (manifest.recordSchema() == RecordSchema.TFDS) {
      files.put(LABEL_NAMES, labelNames(manifest.classes()).getBytes(StandardCharsets.UTF_8));
    }
    return files;
  }

  private static Map<String, Object> features(DatasetManifest manifest) {
    RecordSchema schema = manifest.recordSchema();
    Map<String, Object> features = new TreeMap<>();
    features.put(schema.image(), image(manifest.imageSize()));
    features.put(schema.fileName(), text());
    features.put(schema.wnid(), text());
    switch (schema) {
      case TFDS -> features.put(schema.label(), label(manifest.classes().size()));
      case SLIM -> {
        // A class label would be counted from 0.
        features.put(schema.label(), integer());
        List.of("image/format", "image/class/text", "image/colorspace")
            .forEach(name -> features.put(name, text()));
        List.of("image/height", "image/width", "image/channels")
            .forEach(name -> features.put(name, integer()));
      }
    }
    return feature("features_dict.FeaturesDict", "featuresDict", Map.of("features", features));
  }

  private static Map<String, Object> image(int size) {
    String side = Integer.toString(size);
    return feature(
        "image_feature.Image",
        "image",
        new TreeMap<>(
            Map.of(
                "dtype", "uint8",
                "encodingFormat", "jpeg",
                "shape", Map.of("dimensions", List.of(side, side, "3")))));
  }

  private static Map<String, Object> label(int classes) {
    return feature(
        "class_label_feature.ClassLabel",
        "classLabel",
        Map.of("numClasses", Integer.toString(classes)));
  }

  private static Map<String, Object> integer() {
    return feature(
        "tensor_feature.Tensor",
        "tensor",
        new TreeMap<>(Map.of("dtype", "int64", "encoding", "none", "shape", Map.of())));
  }

  private static Map<String, Object> text() {
    return feature("text_feature.Text", "text", Map.of());
  }

  private static Map<String, Object> feature(String type, String field, Object content) {
    return new TreeMap<>(Map.of("pythonClassName", CLASSES + type, field, content));
  }

  private static Map<String, Object> info(DatasetManifest manifest) {
    long bytes = manifest.shards().stream().mapToLong(Shard::bytes).sum();
    Map<String, Object> split =
        Map.of(
            "name", manifest.split(),
            "filepathTemplate", "{SPLIT}-{SHARD_X_OF_Y}.{FILEFORMAT}",
            "numBytes", Long.toString(bytes),
            "shardLengths",
                manifest.shards().stream().map(shard -> Long.toString(shard.records())).toList());
    Map<String, Object> supervised =
        Map.of(
            "tuple",
            Map.of(
                "items",
                List.of(
                    Map.of("featureKey", manifest.recordSchema().image()),
                    Map.of("featureKey", manifest.recordSchema().label()))));
    return Map.of(
        "name",
        NAME,
        "version",
        manifest.schemaVersion() + ".0.0",
        "description",
        manifest.source(),
        "fileFormat",
        "tfrecord",
        "splits",
        List.of(split),
        "supervisedKeys",
        supervised);
  }

  /** Names must be unique, but ImageNet has "crane" twice: the wnid is added to such names. */
  private static String labelNames(List<ClassLabel> classes) {
    List<String> names = classes.stream().map(label -> onOneLine(label.name())).toList();
    List<String> told = names;
    // A class may itself be named "crane (n02012849)", so that its name gets its wnid too.
    for (Set<String> twice = twice(told); !twice.isEmpty(); twice = twice(told)) {
      List<String> before = told;
      Set<String> again = twice;
      told =
          IntStream.range(0, names.size())
              .mapToObj(
                  label ->
                      again.contains(before.get(label))
                          ? before.get(label) + " (" + classes.get(label).wnid() + ")"
                          : before.get(label))
              .toList();
    }
    return told.stream().map(name -> name + "\n").collect(Collectors.joining());
  }

  private static Set<String> twice(List<String> names) {
    Set<String> once = new HashSet<>();
    return names.stream().filter(name -> !once.add(name)).collect(Collectors.toSet());
  }

  private static String onOneLine(String name) {
    return name.strip().replaceAll("\\s+", " ");
  }
}
