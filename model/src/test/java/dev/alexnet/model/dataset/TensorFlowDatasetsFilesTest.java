package dev.alexnet.model.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Checks the exact content of the files. That TensorFlow Datasets can read such files is checked by
 * {@code tests/src/test/python/open_with_tensorflow_datasets.py}.
 */
class TensorFlowDatasetsFilesTest {
  private static final DatasetManifest MANIFEST =
      of(
          List.of(
              new ClassLabel("n01440764", "tench"),
              new ClassLabel("n02012849", "crane"),
              new ClassLabel("n03126707", "crane")));

  private static DatasetManifest of(List<ClassLabel> classes) {
    return of(RecordSchema.TFDS, classes);
  }

  private static DatasetManifest of(RecordSchema schema, List<ClassLabel> classes) {
    return new DatasetManifest(
        1,
        "validation",
        3,
        0,
        224,
        256,
        schema,
        "sorted wnid",
        schema.labelBase(),
        classes,
        List.of(
            new Shard("validation-00000-of-00002.tfrecord", 2, 100, 17),
            new Shard("validation-00001-of-00002.tfrecord", 1, 50, 18)),
        Collections.emptySortedMap(),
        List.of(),
        Map.of(),
        "größe");
  }

  private static String file(DatasetManifest manifest, String name) {
    return new String(TensorFlowDatasetsFiles.of(manifest).get(name), StandardCharsets.UTF_8);
  }

  @Test
  void features_dataset_nameEveryFeatureOfARecord() {
    assertThat(file(MANIFEST, "features.json"))
        .isEqualTo(
            """
            {
              "featuresDict" : {
                "features" : {
                  "file_name" : {
                    "pythonClassName" : "tensorflow_datasets.core.features.text_feature.Text",
                    "text" : { }
                  },
                  "image" : {
                    "image" : {
                      "dtype" : "uint8",
                      "encodingFormat" : "jpeg",
                      "shape" : {
                        "dimensions" : [ "224", "224", "3" ]
                      }
                    },
                    "pythonClassName" : "tensorflow_datasets.core.features.image_feature.Image"
                  },
                  "label" : {
                    "classLabel" : {
                      "numClasses" : "3"
                    },
                    "pythonClassName" : "tensorflow_datasets.core.features.class_label_feature.ClassLabel"
                  },
                  "wnid" : {
                    "pythonClassName" : "tensorflow_datasets.core.features.text_feature.Text",
                    "text" : { }
                  }
                }
              },
              "pythonClassName" : "tensorflow_datasets.core.features.features_dict.FeaturesDict"
            }
            """);
  }

  @Test
  void info_dataset_hasTheSplitWithTheLengthsOfItsShards() {
    assertThat(file(MANIFEST, "dataset_info.json"))
        .isEqualTo(
            """
            {
              "description" : "größe",
              "fileFormat" : "tfrecord",
              "name" : "alexnet",
              "splits" : [ {
                "filepathTemplate" : "{SPLIT}-{SHARD_X_OF_Y}.{FILEFORMAT}",
                "name" : "validation",
                "numBytes" : "150",
                "shardLengths" : [ "2", "1" ]
              } ],
              "supervisedKeys" : {
                "tuple" : {
                  "items" : [ {
                    "featureKey" : "image"
                  }, {
                    "featureKey" : "label"
                  } ]
                }
              },
              "version" : "1.0.0"
            }
            """);
  }

  @Test
  void labelNames_twoClassesOfOneName_areToldByTheirWnids() {
    assertThat(file(MANIFEST, "label.labels.txt"))
        .isEqualTo("tench\ncrane (n02012849)\ncrane (n03126707)\n");
  }

  @Test
  void labelNames_namesWithLineFeeds_stayOnTheirLines() {
    DatasetManifest manifest =
        of(List.of(new ClassLabel("a", " one\n  two "), new ClassLabel("b", "one two")));

    assertThat(file(manifest, "label.labels.txt")).isEqualTo("one two (a)\none two (b)\n");
  }

  @Test
  void files_slimRecords_declareEveryFeatureWithLabelsAsIntegers() {
    DatasetManifest manifest = of(RecordSchema.SLIM, List.of(new ClassLabel("n01440764", "tench")));
    String text =
        """
        {
                "pythonClassName" : "tensorflow_datasets.core.features.text_feature.Text",
                "text" : { }
              }""";
    String integer =
        """
        {
                "pythonClassName" : "tensorflow_datasets.core.features.tensor_feature.Tensor",
                "tensor" : {
                  "dtype" : "int64",
                  "encoding" : "none",
                  "shape" : { }
                }
              }""";

    assertThat(TensorFlowDatasetsFiles.of(manifest).keySet())
        .containsExactly("dataset_info.json", "features.json");
    for (String name :
        List.of(
            "image/class/synset",
            "image/class/text",
            "image/colorspace",
            "image/filename",
            "image/format")) {
      assertThat(file(manifest, "features.json")).contains("\"" + name + "\" : " + text);
    }
    for (String name :
        List.of("image/channels", "image/class/label", "image/height", "image/width")) {
      assertThat(file(manifest, "features.json")).contains("\"" + name + "\" : " + integer);
    }
    assertThat(file(manifest, "dataset_info.json"))
        .contains("\"featureKey\" : \"image/encoded\"")
        .contains("\"featureKey\" : \"image/class/label\"");
  }
}
