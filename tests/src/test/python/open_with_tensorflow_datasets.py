"""Opens dataset directories as a user of TensorFlow Datasets does, and compares every record.

    pip install tensorflow tensorflow-datasets
    python tests/src/test/python/open_with_tensorflow_datasets.py dataset/train dataset/augmented

Every record that `as_dataset()` gives is compared with the one that TensorFlow's own TFRecord
reader gives. Where tensorflow_datasets is not installed, the script says so and reads what
features.json and dataset_info.json promise with TensorFlow alone: the files that the template names,
the features with their types, the pictures with their shape.
"""

import json
import pathlib
import sys

import numpy as np
import tensorflow as tf

try:
    import tensorflow_datasets as tfds
except ImportError:
    tfds = None


def value_of(feature):
    kind = feature.WhichOneof("kind")
    (value,) = getattr(feature, kind).value
    return value


def records_of(directory, split):
    """All features of each record, the image as pixels, by what dataset.json says."""
    manifest = json.loads((directory / "dataset.json").read_text())
    assert manifest["split"] == split
    image = {"tfds": "image", "slim": "image/encoded"}[manifest["recordSchema"]]
    for shard in manifest["shards"]:
        for record in tf.data.TFRecordDataset(str(directory / shard["name"])):
            features = tf.train.Example.FromString(record.numpy()).features.feature
            values = {name: value_of(feature) for name, feature in features.items()}
            values[image] = tf.io.decode_jpeg(values[image], channels=3).numpy()
            yield values


def with_tensorflow_datasets(directory):
    builder = tfds.builder_from_directory(str(directory))
    (split,) = builder.info.splits.values()
    assert split.num_examples == sum(split.shard_lengths)
    records = tfds.as_numpy(builder.as_dataset(split=split.name, shuffle_files=False))
    label = builder.info.features.get("label")
    return split.name, label.names if label else [], records


def with_tensorflow(directory):
    info = json.loads((directory / "dataset_info.json").read_text())
    (split,) = info["splits"]
    lengths = [int(length) for length in split["shardLengths"]]
    features = json.loads((directory / "features.json").read_text())["featuresDict"]["features"]
    (image,) = (name for name, of in features.items() if "image" in of)
    shape = [int(side) for side in features[image]["image"]["shape"]["dimensions"]]
    names = []
    if "label" in features:
        names = (directory / "label.labels.txt").read_text().splitlines()
        assert len(names) == int(features["label"]["classLabel"]["numClasses"]) == len(set(names))
    integers = ("classLabel", "tensor")
    spec = {
        name: tf.io.FixedLenFeature(
            (), tf.int64 if any(key in of for key in integers) else tf.string
        )
        for name, of in features.items()
    }
    digits = max(5, len(str(len(lengths))))

    def records():
        for index, length in enumerate(lengths):
            place = f"{index:0{digits}}-of-{len(lengths):0{digits}}"
            file = split["filepathTemplate"].format(
                SPLIT=split["name"], SHARD_X_OF_Y=place, FILEFORMAT=info["fileFormat"]
            )
            count = 0
            for record in tf.data.TFRecordDataset(str(directory / file)):
                values = tf.io.parse_single_example(record, spec)
                values[image] = tf.ensure_shape(
                    tf.io.decode_image(values[image], channels=3), shape
                )
                count += 1
                yield {name: value.numpy() for name, value in values.items()}
            assert count == length, f"{file} has {count} records, not {length}"

    return split["name"], names, records()


def main():
    if tfds is None:
        print("tensorflow_datasets is not installed: reading its files with TensorFlow alone")
    for directory in map(pathlib.Path, sys.argv[1:]):
        open_directory = with_tensorflow if tfds is None else with_tensorflow_datasets
        split, names, records = open_directory(directory)
        expected = records_of(directory, split)
        count = 0
        for count, (seen, wanted) in enumerate(zip(records, expected, strict=True), start=1):
            assert seen.keys() == wanted.keys()
            for name, value in wanted.items():
                assert np.array_equal(seen[name], value), f"{directory}: record {count}, {name}"
        print(f"{directory}: {count} records of {split}, names of labels: {names[:3] or 'none'}")


main()
