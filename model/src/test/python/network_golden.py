"""Golden logits, losses and derivatives of the networks, by Python TensorFlow in double precision.

Run with tensorflow-cpu 2.21:  python network_golden.py ../resources/dev/alexnet/model/network/graph
It writes NAME_golden.json for each preset, and for variants of them. The networks are written down here a second time, from
the paper and the original program's configuration, and share nothing with the Java code. Parameters
and images come from a hash, so that the test can make the same ones.

A derivative jumps where a rectifier's input crosses zero or where another value of a pooling window
becomes the largest. Single precision may fall on the other side there, on one processor and not on
another. So this script looks for a seed that keeps every such decision clear of rounding: the
margin is the distance to the nearest jump, and `rounding` is how far single precision was off, both
relative to the layer's root mean square. The dropout layers are left out: their draws are our own.
"""
import json
import pathlib
import sys

import numpy as np
import tensorflow as tf

CLASSES = 10
BATCH = {name: [3, 1] for name in ("mini", "mini with tanh", "mini without overlap", "cifar")}
ONE = [3]

# Pixels of 100 would saturate all of tanh's first units.
IMAGE_SCALE = {"mini with tanh": 1}

# The largest rounding error of a million lies five deviations out; a decision meets a usual one.
MARGIN_TO_ROUNDING = 1.2


def uniform(shape, scale, seed, stream):
    """scale * u, u in [-1, 1): SplitMix64's finaliser of a counter."""
    n = int(np.prod(shape))
    with np.errstate(over="ignore"):
        z = (np.arange(n, dtype=np.uint64) + np.uint64((seed << 40) + (stream << 32))) * np.uint64(
            0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z = z ^ (z >> np.uint64(31))
    u = (z >> np.uint64(11)).astype(np.float64) * 2.0**-52 - 1
    return (scale * u).astype(np.float32).reshape(shape)


class Net:
    """One evaluation of a network; the towers are a list of activations."""

    def __init__(self, towers, seed, dtype, tanh=False, overlap=True):
        self.towers, self.seed, self.dtype = towers, seed, dtype
        self.tanh, self.overlap = tanh, overlap
        self.values, self.decisions, self.rms = {}, [], []

    def param(self, name, shape, scale):
        value = tf.constant(uniform(shape, scale, self.seed, 1 + len(self.values)), self.dtype)
        self.values[name] = value
        tape.watch(value)
        return value

    def declare(self, layer, consumers, shape, out):
        fan_in = int(np.prod(shape[:-1]))
        scale = (0.02 if layer in ("fc8", "fc4") else 1) * np.sqrt(6 / fan_in)
        weights = [self.param(f"tower{t}/{layer}/weights", shape, scale) for t in range(consumers)]
        biases = [self.param(f"tower{t}/{layer}/biases", [out], 1.0) for t in range(consumers)]
        return list(zip(weights, biases))

    def conv(self, xs, layer, kernel, stride, maps, joined=False, pad_end=0, narrower=False):
        if joined:
            xs = [tf.concat(xs, 3)] * self.towers
        params = self.declare(
            layer, self.towers, [kernel, kernel, xs[0].shape[3], maps // self.towers],
            maps // self.towers)
        out = []
        for x, (w, b) in zip(xs, params):
            if pad_end is not None and stride > 1:
                x = tf.pad(x, [[0, 0], [0, pad_end], [0, pad_end], [0, 0]])
                out.append(tf.nn.conv2d(x, w, stride, "VALID") + b)
            elif narrower:  # Configuration 147: a pixel of padding less.
                less = kernel // 2 - 1
                padding = [[0, 0], [less, less], [less, less], [0, 0]]
                out.append(tf.nn.conv2d(x, w, 1, padding) + b)
            else:
                out.append(tf.nn.conv2d(x, w, 1, "SAME") + b)
        return out

    def relu(self, xs):
        if self.tanh:
            return [tf.tanh(x) for x in xs]
        for x in xs:
            self.decide(x, tf.abs(x))
        return [tf.nn.relu(x) for x in xs]

    def pool(self, xs):
        side = 3 if self.overlap else 2
        if not self.overlap:
            # The last window reaches beyond a map of odd size.
            odd = xs[0].shape[1] % 2
            xs = [tf.pad(x, [[0, 0], [0, odd], [0, odd], [0, 0]], constant_values=-1e30)
                  for x in xs]
        for x in xs:
            patches = tf.image.extract_patches(
                x, [1, side, side, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID")
            patches = tf.reshape(patches, [-1, side * side, x.shape[3]])
            top = tf.math.top_k(tf.transpose(patches, [0, 2, 1]), 2).values
            lead = top[..., 0] - top[..., 1]
            # What is not positive goes through a rectifier before or after and has no derivative.
            self.decide(x, lead if self.tanh else tf.where(top[..., 0] > 0, lead, np.inf))
        return [tf.nn.max_pool2d(x, side, 2, "VALID") for x in xs]

    def decide(self, x, distance):
        x = tf.where(x > -1e29, x, 0)
        rms = tf.sqrt(tf.reduce_mean(x * x))
        self.decisions.append(float(tf.reduce_min(distance) / rms))
        self.rms.append((x, rms))

    def lrn(self, xs, alpha):
        out = []
        for x in xs:
            maps = x.shape[3]
            near = np.abs(np.subtract.outer(np.arange(maps), np.arange(maps))) <= 2
            sums = tf.tensordot(x * x, tf.constant(near, self.dtype), 1)
            out.append(x * (2 + alpha * sums) ** -0.75)
        return out

    def same_map(self, xs):
        out = []
        for x in xs:
            ones = tf.ones([5, 5, x.shape[3], 1], self.dtype)
            sums = tf.nn.depthwise_conv2d(x * x, ones, [1, 1, 1, 1], "SAME")
            out.append(x * (1 + 4e-5 * sums) ** -0.75)
        return out

    def dense(self, xs, layer, units, consumers=None):
        consumers = consumers or self.towers
        flat = tf.concat([tf.reshape(x, [x.shape[0], -1]) for x in xs], 1)
        params = self.declare(layer, consumers, [flat.shape[1], units // consumers],
                              units // consumers)
        return [flat @ w + b for w, b in params]


def head(net, xs, units):
    xs = net.relu(net.dense(xs, "fc6", units))
    xs = net.relu(net.dense(xs, "fc7", units))
    return net.dense(xs, "fc8", CLASSES, consumers=1)[0]


def configuration_145(net, images, maps, units, kernel1=11, stride1=4, conv6=False):
    side = images.shape[1]
    missing = -(side - kernel1) % stride1
    xs = net.conv([images] * net.towers, "conv1", kernel1, stride1, maps[0], pad_end=missing)
    xs = net.relu(net.pool(net.lrn(xs, 2e-5)))
    xs = net.relu(net.conv(xs, "conv2", 5, 1, maps[1], narrower=not net.overlap))
    xs = net.pool(net.same_map(net.lrn(xs, 2e-5)))
    xs = net.relu(net.conv(xs, "conv3", 3, 1, maps[2], joined=net.towers > 1))
    xs = net.relu(net.conv(xs, "conv4", 3, 1, maps[3]))
    xs = net.relu(net.pool(net.conv(xs, "conv5", 3, 1, maps[4], narrower=not net.overlap)))
    if conv6:
        xs = net.relu(net.conv(xs, "conv6", 3, 1, 256, joined=True))
    return head(net, xs, units)


def paper_text(net, images):
    xs = net.relu(net.conv([images] * 2, "conv1", 11, 4, 96, pad_end=3))
    xs = net.pool(net.lrn(xs, 1e-4))
    xs = net.relu(net.conv(xs, "conv2", 5, 1, 256))
    xs = net.pool(net.lrn(xs, 1e-4))
    xs = net.relu(net.conv(xs, "conv3", 3, 1, 384, joined=True))
    xs = net.relu(net.conv(xs, "conv4", 3, 1, 384))
    xs = net.pool(net.relu(net.conv(xs, "conv5", 3, 1, 256)))
    return head(net, xs, 4096)


def cifar(net, images):
    xs = [images]
    for layer, maps in ("conv1", 32), ("conv2", 32), ("conv3", 64):
        xs = net.pool(net.relu(net.conv(xs, layer, 5, 1, maps)))
    return net.dense(xs, "fc4", CLASSES)[0]


MINI = [32, 64, 96, 96, 64]
PUBLISHED = [96, 256, 384, 384, 256]
PRESETS = {
    "mini": (48, 2, lambda net, x: configuration_145(net, x, MINI, 256, 5, 2)),
    "published": (224, 2, lambda net, x: configuration_145(net, x, PUBLISHED, 4096)),
    "paper-text": (224, 2, paper_text),
    "half": (224, 1, lambda net, x: configuration_145(net, x, [48, 128, 192, 192, 256], 4096)),
    "conv6": (224, 2, lambda net, x: configuration_145(net, x, PUBLISHED, 4096, conv6=True)),
    "mini with tanh": (48, 2, lambda net, x: configuration_145(net, x, MINI, 256, 5, 2)),
    "mini without overlap": (48, 2, lambda net, x: configuration_145(net, x, MINI, 256, 5, 2)),
    "cifar": (32, 1, cifar),
}


def run(preset, seed, dtype):
    global tape
    side, towers, forward = PRESETS[preset]
    labels = BATCH.get(preset, ONE)
    images = tf.constant(uniform(
        [len(labels), side, side, 3], IMAGE_SCALE.get(preset, 100), seed, 0), dtype)
    net = Net(towers, seed, dtype, tanh="tanh" in preset,
              overlap="overlap" not in preset and preset != "cifar")
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        logits = forward(net, images)
        loss = tf.reduce_mean(
            tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant(labels), logits))
    return net, logits, loss


def rounding(net, reference):
    """How far single precision is off, relative to each layer's root mean square."""
    return [float(tf.reduce_max(tf.abs(tf.cast(x, tf.float64) - y)) / rms)
            for (x, _), (y, rms) in zip(net.rms, reference.rms)]


def clear_seed(preset):
    best = 0
    for seed in range(1, 4000):
        single, _, _ = run(preset, seed, tf.float32)
        margin = min(single.decisions)
        if margin > best:
            best = margin
            double, logits, loss = run(preset, seed, tf.float64)
            off = rounding(single, double)
            share = min(d / r for d, r in zip(double.decisions, off))
            print(preset, seed, "margin", min(double.decisions), "rounding", max(off), "share",
                  share, file=sys.stderr, flush=True)
            if share >= MARGIN_TO_ROUNDING:
                return seed, double, logits, loss, max(off)
    raise SystemExit(f"{preset}: no clear seed")


def main():
    for preset in sys.argv[2:] or PRESETS:
        seed, net, logits, loss, off = clear_seed(preset)
        gradients = tape.gradient(loss, list(net.values.values()))
        signs = lambda n, k: np.where(uniform([n], 1, seed, 200 + k) < 0, -1.0, 1.0)
        golden = {
            "seed": seed,
            "margin": min(net.decisions),
            "rounding": off,
            "image_scale": IMAGE_SCALE.get(preset, 100),
            "labels": BATCH.get(preset, ONE),
            "logits": logits.numpy().tolist(),
            "loss": float(loss),
            "gradients": {
                name: {
                    "norm": float(np.linalg.norm(g.numpy())),
                    "projections": [float(np.sum(g.numpy().ravel() * signs(g.numpy().size, k)))
                                    for k in range(2)],
                } for name, g in zip(net.values, gradients)},
        }
        path = pathlib.Path(sys.argv[1]) / f"{preset.replace(' ', '-')}_golden.json"
        path.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
