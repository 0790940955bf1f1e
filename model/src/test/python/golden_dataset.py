"""Writes the golden files of the dataset package with TensorFlow and numpy.

Made with Python 3, tensorflow 2.21.0 and numpy, by

    python model/src/test/python/golden_dataset.py \
        model/src/test/resources/dev/alexnet/model/dataset
"""

import json
import pathlib
import sys

import numpy as np
import tensorflow as tf

directory = pathlib.Path(sys.argv[1])


def example(image, label, file_name, wnid):
    def of_bytes(value):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))

    feature = {
        "image": of_bytes(image),
        "label": tf.train.Feature(int64_list=tf.train.Int64List(value=[label])),
        "file_name": of_bytes(file_name.encode()),
        "wnid": of_bytes(wnid.encode()),
    }
    message = tf.train.Example(features=tf.train.Features(feature=feature))
    return message.SerializeToString(deterministic=True)


# Three records: one like ImageNet's, one without a class and with a name beyond
# ASCII, one whose image is empty.
with tf.io.TFRecordWriter(str(directory / "three.tfrecord")) as writer:
    writer.write(example(b"\xff\xd8\xff\xe0JPEG\x00", 7, "n01440764_10026.JPEG", "n01440764"))
    writer.write(example(bytes(range(256)), -1, "größe/犬.JPEG", ""))
    writer.write(example(b"", 999, "x", "n15075141"))



def slim(image, label, text, file_name, wnid):
    """As TF-Slim's build_imagenet_data describes a record; labels from 1."""

    def of_bytes(value):
        return tf.train.Feature(bytes_list=tf.train.BytesList(value=[value]))

    def of_int(value):
        return tf.train.Feature(int64_list=tf.train.Int64List(value=[value]))

    feature = {
        "image/height": of_int(256),
        "image/width": of_int(256),
        "image/colorspace": of_bytes(b"RGB"),
        "image/channels": of_int(3),
        "image/class/label": of_int(label),
        "image/class/synset": of_bytes(wnid.encode()),
        "image/class/text": of_bytes(text.encode()),
        "image/format": of_bytes(b"JPEG"),
        "image/filename": of_bytes(file_name.encode()),
        "image/encoded": of_bytes(image),
    }
    message = tf.train.Example(features=tf.train.Features(feature=feature))
    return message.SerializeToString(deterministic=True)


with tf.io.TFRecordWriter(str(directory / "slim.tfrecord")) as writer:
    writer.write(slim(b"\xff\xd8", 2, "flamingo", "n02007558_1.JPEG", "n02007558"))
    writer.write(slim(bytes(range(256)), 0, "", "größe/犬.JPEG", ""))

# Three images of 4 x 4 pixels, value i of the concatenation being (i * i * 31 + i * 7) mod 256.
index = np.arange(3 * 4 * 4 * 3, dtype=np.int64)
images = ((index * index * 31 + index * 7) % 256).reshape(3, 4, 4, 3)
colours = images.reshape(-1, 3).astype(np.float64)
covariance = np.cov(colours, rowvar=False, bias=True)
eigenvalues, columns = np.linalg.eigh(covariance)
rows = columns.T[::-1]
signs = np.sign([row[np.argmax(np.abs(row))] for row in rows])
golden = {
    "images": 3,
    "meanColour": colours.mean(axis=0).tolist(),
    "covariance": covariance.tolist(),
    "eigenvalues": eigenvalues[::-1].tolist(),
    "eigenvectors": (rows * signs[:, None]).tolist(),
}
(directory / "statistics.json").write_text(json.dumps(golden, indent=2) + "\n")
(directory / "mean_image.f32").write_bytes(images.mean(axis=0).astype("<f4").tobytes())
