"""Features as NumPy writes them, and the nearest rows by brute force in double precision.

Made with Python 3 and numpy 2.4.6 by

    python pipelines/src/test/python/features_golden.py \
        pipelines/src/test/resources/dev/alexnet/pipelines/features

Some rows are equal, so that neighbours tie; one row is NaN, as a record that does not decode has it;
the first query is row 5 itself, which is not its own neighbour.
"""

import json
import pathlib
import sys

import numpy as np



def crc32c(content):
    crc = 0xFFFFFFFF
    for byte in content:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


directory = pathlib.Path(sys.argv[1])
columns, rows = 24, [37, 23]
random = np.random.default_rng(4)
features = np.maximum(random.normal(size=(sum(rows), columns)), 0).astype("<f4")
features[48] = features[11]
features[20] = features[11]
features[30] = np.nan
queries = np.stack([features[5], features[11] + np.float32(0.25), features[59]])
own = [5, -1, -1]

shards, start = [], 0
for index, count in enumerate(rows):
    name = f"features-{index:05d}-of-{len(rows):05d}.npy"
    np.save(directory / name, features[start : start + count])
    size = (directory / name).stat().st_size
    file = {"name": name, "records": count, "bytes": size, "crc32c": crc32c((directory / name).read_bytes())}
    shard = {"index": index, "records": count, "undecodable": 0, "values": columns, "files": [file],
             "replaced_operations": []}
    shards.append(shard)
    start += count
manifest = {
    "schema_version": 3, "images": sum(rows), "undecodable": 1, "values": columns, "views": 1,
    "formats": ["npy"], "dataset": "d", "dataset_hash": "d", "model": "m", "model_hash": "m",
    "files": [], "shards": shards,
}
(directory / "features.json").write_text(json.dumps(manifest, indent=1) + "\n")
np.save(directory / "queries.npy", queries)
np.save(directory / "labels.npy", np.array([3, -1, 0, 1 << 40], dtype="<i8"))

expected = []
for query, row in zip(queries.astype("f8"), own):
    distances = np.sqrt(((features.astype("f8") - query) ** 2).sum(axis=1))
    distances[np.isnan(distances)] = np.inf
    if row >= 0:
        distances[row] = np.inf
    nearest = np.argsort(distances, kind="stable")[:6]
    expected.append({"rows": nearest.tolist(), "distances": distances[nearest].tolist()})
(directory / "neighbours.json").write_text(json.dumps({"queries": expected}, indent=1) + "\n")
