"""Errors by ILSVRC2010's own definition, with SciPy reading the cost matrix.

    python evaluation_golden.py DEVKIT/data                    # drawn guesses, for EvaluationTest
    python evaluation_golden.py DEVKIT/data SUBMISSION TRUTH   # those of any submission

SciPy 1.x. Prints the flat and the hierarchical error within 1 to 5 guesses. Lines of a submission must
have five ids; 0 is no guess, which is wrong and costs the most that any guess does. The submission of
EvaluationTest, evaluate/submission.txt of the test resources, was written by 'score --devkit' for the 70
pictures of RealDevkitSubmissionTest, and its line 40 was then replaced by zeros.
"""

import sys

import numpy as np
from scipy.io import loadmat

data = sys.argv[1]
costs = loadmat(data + "/meta.mat")["cost_matrix"].astype(int)
costs = np.vstack([np.full(costs.shape[1], costs.max()), costs])
if len(sys.argv) > 2:
    guesses = np.loadtxt(sys.argv[2], dtype=int)
    truth = np.loadtxt(sys.argv[3], dtype=int)
else:
    truth = np.loadtxt(data + "/ILSVRC2010_validation_ground_truth.txt", dtype=int)
    image = np.arange(len(truth))[:, None]
    guess = np.arange(5)[None, :]
    drawn = (image * 7919 + guess * 104729) % 1000 + 1
    guesses = np.where((image + guess * 3) % 11 == 0, truth[:, None], drawn)

for k in range(1, 6):
    flat = (guesses[:, :k] != truth[:, None]).all(axis=1).mean()
    cost = costs[guesses[:, :k], truth[:, None] - 1].min(axis=1).mean()
    print(k, repr(float(flat)), repr(float(cost)))
