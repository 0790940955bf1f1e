"""Golden values of OtherTruthGoldenTest: python truth_golden.py (NumPy) writes
../resources/dev/alexnet/pipelines/score/truth_golden.json.

Scores 50,000 predictions of 1,000 classes by ReaL's labels (Beyer et al., 2020: a guess is right
if it is one of the image's labels; images without labels are left out) and among the classes of
a subset of 203, as ImageNet-A and ImageNet-R are scored among their 200. Predictions, labels and subset are made by
integer arithmetic that the test repeats, so nothing but these results is stored. Probabilities
have few values, so many tie: then the error is the expected one if ties are drawn.
"""

import json
import zlib
from fractions import Fraction
from math import comb
from pathlib import Path

import numpy as np

IMAGES, CLASSES, LEVELS = 50_000, 1_000, 256


def mixed(values):
    """The finaliser of MurmurHash3, in 32 bits."""
    values = np.asarray(values, dtype=np.uint32)
    values = (values ^ (values >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    values = (values ^ (values >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    return values ^ (values >> np.uint32(16))


def real_labels(image):
    """0 to 3 labels of an image, from 1; every 16th image has none."""
    draw = int(mixed([image + 7_000_000])[0])
    if draw % 16 == 0:
        return []
    labels = []
    for place in range(1 + draw // 16 % 3):
        label = int(mixed([image * 4 + place + 9_000_000])[0]) % CLASSES
        if label not in labels:
            labels.append(label)
    return labels


SUBSET = sorted(set(int(v) % CLASSES for v in mixed(np.arange(223) + 5_000_000)))


def chance(better, tied, right, k):
    """That at least one of the right classes is among the first k."""
    places = max(0, min(tied, k - better))
    return 1 - Fraction(comb(tied - right, places), comb(tied, places))


def rank(row, labels):
    best = row[labels].max()
    return int((row > best).sum()), int((row == best).sum()), int((row[labels] == best).sum())


def main():
    guesses = [1, 2, 3, 4, 5, 20]
    sums = {name: {k: Fraction(0) for k in guesses} for name in ["real", "all", "subset"]}
    ranks = {name: [] for name in sums}
    scored = dict.fromkeys(sums, 0)
    for image in range(1, IMAGES + 1):
        row = (mixed(image * CLASSES + np.arange(CLASSES)) % LEVELS).astype(np.float32) / LEVELS
        lists = {"real": (row, real_labels(image))}
        own = SUBSET[int(mixed([image + 3_000_000])[0]) % len(SUBSET)]
        lists["all"] = (row, [own])
        lists["subset"] = (row[SUBSET], [SUBSET.index(own)])
        for name, (values, labels) in lists.items():
            if not labels:
                continue
            better, tied, right = rank(values, labels)
            scored[name] += 1
            ranks[name].append(f"{image} {better} {tied} {right}\n")
            for k in guesses:
                sums[name][k] += chance(better, tied, right, k)
    golden = {
        name: {
            "scored": scored[name],
            "errors": {str(k): float(1 - sums[name][k] / scored[name]) for k in guesses},
            "ranks_crc32": zlib.crc32("".join(ranks[name]).encode()),
        }
        for name in sums
    }
    golden["subset_classes"] = len(SUBSET)
    place = Path(__file__).parent / "../resources/dev/alexnet/pipelines/score/truth_golden.json"
    place.write_text(json.dumps(golden, indent=2) + "\n")


main()
