"""Golden p-values and intervals for the comparison of scores, by SciPy 1.17.

Run with:  python comparison_golden.py > ../resources/dev/alexnet/ops/comparison/statistics_golden.json
"""
import json

import numpy as np
from scipy import stats

DISCORDANT = [(0, 0), (1, 0), (0, 5), (10, 3), (7, 7), (120, 160), (2315, 2102), (10000, 10250)]
SHARES = [(0, 10), (10, 10), (3, 17), (20350, 50000), (1, 150000), (9100, 50000)]
# What each of two networks gets of an image: less than 1 if classes tie.
PAIRS = [
    [(1, 0), (1, 1), (0, 0), (0, 1), (1, 1), (1, 0)],
    [(1, 0.5), (0.25, 0), (0, 0), (1, 1), (0.5, 1), (0, 1 / 3), (1, 0)],
    [(1, 1), (0, 0), (1, 1)],
    [(i * i % 7 < 3, i * i % 5 < 2) for i in range(2000)],
]


def mcnemar(first, second):
    p = stats.binomtest(first, first + second, 0.5).pvalue if first + second else 1.0
    return {"first": first, "second": second, "p": float(p)}


def wilson(wrong, images):
    low, high = stats.binomtest(wrong, images).proportion_ci(0.95, method="wilson")
    return {"wrong": wrong, "images": images, "low": float(low), "high": float(high)}


def paired(pairs):
    values = np.array(pairs, dtype=np.float64)
    # The error of the second minus that of the first: credits are shares of being right.
    differences = values[:, 0] - values[:, 1]
    low, high = stats.norm.interval(0.95, differences.mean(), stats.sem(differences)) \
        if differences.std() > 0 else (differences.mean(), differences.mean())
    return {"pairs": values.tolist(), "difference": float(differences.mean()),
            "low": float(low), "high": float(high)}


print(json.dumps({
    "mcnemar": [mcnemar(*pair) for pair in DISCORDANT],
    "wilson": [wilson(*share) for share in SHARES],
    "paired": [paired(pairs) for pairs in PAIRS],
}))
