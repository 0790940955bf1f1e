"""Golden values of LARS, in double precision with NumPy alone.

Run:  python lars_golden.py ../resources/dev/alexnet/model/training/step
Written from the paper (You, Gitman, Ginsburg, "Large Batch Training of Convolutional Networks", 2017,
algorithm 1), and shares nothing with the Java code: the local rate of a layer is trust * |w| / (|g| +
decay * |w|), the global rate warms up and then falls with the square of what is left, momentum 0.9.
Gradients are those of a quadratic, so that they change with the weights: g = curvature * (w - target).
"""
import json
import pathlib
import sys

import numpy as np

STEPS, WARM_UP, RATE, TRUST, DECAY, MOMENTUM = 20, 4, 10.0, 0.001, 0.0005, 0.9
CURVATURE = {"large": 1.0, "small": 0.01}
START = {"large": [[0.5, -1.0, 0.25], [2.0, 0.0, -0.125]], "small": [0.01, -0.02]}
TARGET = {"large": [[-0.5, 1.5, 0.0], [1.0, 1.0, 1.0]], "small": [3.0, 4.0]}


def rate(step):
    warmth = min(1.0, (step + 1) / WARM_UP)
    return RATE * warmth * (1 - step / STEPS) ** 2


weights = {name: np.array(value) for name, value in START.items()}
speeds = {name: np.zeros_like(value) for name, value in weights.items()}
for step in range(STEPS):
    for name, w in weights.items():
        g = CURVATURE[name] * (w - np.array(TARGET[name]))
        local = TRUST * np.linalg.norm(w) / (np.linalg.norm(g) + DECAY * np.linalg.norm(w))
        speeds[name] = MOMENTUM * speeds[name] + rate(step) * local * (g + DECAY * w)
        weights[name] = w - speeds[name]

golden = {
    "steps": STEPS, "warmUp": WARM_UP, "rate": RATE, "curvature": CURVATURE, "start": START,
    "target": TARGET, "end": {name: w.tolist() for name, w in weights.items()},
}
path = pathlib.Path(sys.argv[1]) / "lars_golden.json"
path.write_text(json.dumps(golden, indent=1) + "\n")
