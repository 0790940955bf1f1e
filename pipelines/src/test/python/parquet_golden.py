"""Makes the Parquet files of ParquetLayoutTest, as Hugging Face's libraries write them.

    python parquet_golden.py ../resources/dev/alexnet/pipelines/parquet

golden.json has, for each file, the label, path and SHA-256 of the bytes of each row, in the order of
the rows. The files in the repository came from pyarrow 25.0.1 and Pillow 12.3.0.
"""

import hashlib
import io
import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.parquet as pq
from PIL import Image

WNIDS = ["n01440764", "n01443537", "n02119789"]
IMAGENET = ["tench, Tinca tinca", "goldfish, Carassius auratus", "kit fox, Vulpes macrotis"]
CIFAR = [
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck", "zebra",
]


def picture(seed, kind):
    image = Image.new("RGB", (8, 8), (seed * 37 % 256, seed * 91 % 256, seed * 17 % 256))
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def table(column, rows, names, label="label"):
    """Rows of bytes, path and label, with the metadata of the datasets library."""
    features = {column: {"_type": "Image"}}
    if names:
        features[label] = {"names": names, "_type": "ClassLabel"}
    schema = pa.schema(
        [
            pa.field(column, pa.struct([("bytes", pa.binary()), ("path", pa.string())])),
            pa.field(label, pa.int64()),
        ],
        {"huggingface": json.dumps({"info": {"features": features}})} if names is not None else None,
    )
    return pa.table(
        {
            column: [None if b is None and p is None else {"bytes": b, "path": p} for b, p, _ in rows],
            label: [number for _, _, number in rows],
        },
        schema=schema,
    )


def imagenet(split, count, first=0):
    rows = []
    for i in range(first, first + count):
        label = i % len(WNIDS)
        name = {
            "train": f"{WNIDS[label]}_{i}_{WNIDS[label]}.JPEG",
            "validation": f"ILSVRC2012_val_{i + 1:08d}_{WNIDS[label]}.JPEG",
            "test": f"ILSVRC2012_test_{i + 1:08d}.JPEG",
        }[split]
        rows.append((picture(i, "JPEG"), name, -1 if split == "test" else label))
    return rows


def files():
    """Name, column, rows, names and pyarrow's options."""
    snappy = {"compression": "snappy", "row_group_size": 3}
    yield "imagenet/data/train-00000-of-00002.parquet", "image", imagenet("train", 7), IMAGENET, snappy
    yield "imagenet/data/train-00001-of-00002.parquet", "image", imagenet("train", 4, 7), IMAGENET, {
        "compression": "zstd",
        "data_page_version": "2.0",
        "row_group_size": 2,
    }
    yield "imagenet/data/validation-00000-of-00001.parquet", "image", imagenet("validation", 2), (
        IMAGENET
    ), {"compression": "none", "use_dictionary": False}
    yield "imagenet/data/test-00000-of-00001.parquet", "image", imagenet("test", 2), IMAGENET, {
        "compression": "gzip"
    }
    cifar = [(picture(i % 4, "PNG"), None, (10 - i) % 11) for i in range(12)]
    yield "cifar/train-00000-of-00001.parquet", "img", cifar, CIFAR, {
        "compression": "snappy",
        "data_page_version": "2.0",
        "data_page_size": 64,
        "write_batch_size": 2,
        "row_group_size": 5,
        "write_page_checksum": True,
    }
    holes = [
        (picture(1, "JPEG"), "photos/a.jpg", 1),
        (None, "photos/only a path.jpg", 0),
        (None, None, 0),
        (b"", "photos/empty.jpg", 0),
        (picture(2, "JPEG"), "photos/a.jpg", None),
        (picture(3, "JPEG"), "photos/a.jpg", -1),
        (picture(4, "JPEG"), "photos/ä\n.jpg", 0),
    ]
    other = ["n02119789_0_n02119789.JPEG", "n01440764_1_n01440764.JPEG"]
    yield "otherorder/train.parquet", "image", [
        (picture(i, "JPEG"), name, i) for i, name in enumerate(other)
    ], None, {}
    same = ["n01440764_0_n01440764.JPEG", "n01443537_1_n01443537.JPEG"]
    yield "contradiction/train.parquet", "image", [
        (picture(i, "JPEG"), name, 0) for i, name in enumerate(same)
    ], None, {}
    yield "brotli/train.parquet", "image", [(picture(1, "JPEG"), None, 0)], None, {
        "compression": "brotli"
    }
    yield "nolabel/train.parquet", "image", [(picture(1, "JPEG"), None, 0)], None, {}
    yield "holes/train.parquet", "image", holes, None, {"compression": "lz4"}


def main(directory):
    golden = {}
    for name, column, rows, names, options in files():
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        label = "number" if name.startswith("nolabel") else "label"
        pq.write_table(table(column, rows, names, label), file, **options)
        golden[name] = [
            {
                "path": path,
                "label": label,
                "sha256": None if content is None else hashlib.sha256(content).hexdigest(),
            }
            for content, path, label in rows
        ]
    (directory / "golden.json").write_text(json.dumps(golden, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
