"""Golden values of the mini network, computed by Python TensorFlow's automatic differentiation.

Run with tensorflow-cpu 2.21: python network_golden.py > ../resources/dev/alexnet/model/network/mini_golden.json
Parameters and images come from formulas, so that the test can make the same ones.
"""
import json
import numpy as np
import tensorflow as tf

CLASSES, BATCH, INPUT = 10, 4, 48


def wave(shape, scale, phase):
    n = int(np.prod(shape))
    return (scale * np.sin(np.arange(n) * 0.37 + phase)).astype(np.float32).reshape(shape)


params, order = {}, []


def param(name, shape, scale):
    params[name] = tf.Variable(wave(shape, scale, len(order)))
    order.append(name)
    return params[name]


def declare(layer, towers, weight_shape, out, scale):
    for t in range(towers):
        param(f"tower{t}/{layer}/weights", weight_shape, scale)
    for t in range(towers):
        param(f"tower{t}/{layer}/biases", [out], 0.1)


declare("conv1", 2, [5, 5, 3, 16], 16, 0.02)
declare("conv2", 2, [5, 5, 16, 32], 32, 0.1)
declare("conv3", 2, [3, 3, 64, 48], 48, 0.1)
declare("conv4", 2, [3, 3, 48, 48], 48, 0.1)
declare("conv5", 2, [3, 3, 48, 32], 32, 0.1)
declare("fc6", 2, [256, 128], 128, 0.1)
declare("fc7", 2, [256, 128], 128, 0.1)
declare("fc8", 1, [256, CLASSES], CLASSES, 0.1)


def lrn(x):
    return tf.nn.local_response_normalization(x, depth_radius=2, bias=2.0, alpha=2e-5, beta=0.75)


def same_map(x):
    ones = tf.ones([5, 5, x.shape[-1], 1])
    sums = tf.nn.depthwise_conv2d(x * x, ones, [1, 1, 1, 1], "SAME")
    return x * (1 + 4e-5 * sums) ** -0.75


def pool(x):
    return tf.nn.max_pool2d(x, 3, 2, "VALID")


def p(t, layer, kind):
    return params[f"tower{t}/{layer}/{kind}"]


def conv(x, t, layer, stride=1, padding="SAME"):
    return tf.nn.conv2d(x, p(t, layer, "weights"), stride, padding) + p(t, layer, "biases")


def forward(images):
    x = tf.pad(images, [[0, 0], [0, 1], [0, 1], [0, 0]])
    towers = [tf.nn.relu(pool(lrn(conv(x, t, "conv1", 2, "VALID")))) for t in range(2)]
    towers = [pool(same_map(lrn(tf.nn.relu(conv(towers[t], t, "conv2"))))) for t in range(2)]
    both = tf.concat(towers, 3)
    towers = [tf.nn.relu(conv(both, t, "conv3")) for t in range(2)]
    towers = [tf.nn.relu(conv(towers[t], t, "conv4")) for t in range(2)]
    towers = [tf.nn.relu(pool(conv(towers[t], t, "conv5"))) for t in range(2)]
    flat = tf.concat([tf.reshape(t, [BATCH, -1]) for t in towers], 1)
    for layer in ["fc6", "fc7"]:
        flat = tf.concat(
            [tf.nn.relu(flat @ p(t, layer, "weights") + p(t, layer, "biases")) for t in range(2)], 1)
    return flat @ p(0, "fc8", "weights") + p(0, "fc8", "biases")


images = tf.constant(wave([BATCH, INPUT, INPUT, 3], 100, 0.5))
labels = tf.constant([3, 1, 4, 1])
with tf.GradientTape() as tape:
    logits = forward(images)
    loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, logits))
gradients = tape.gradient(loss, [params[n] for n in order])

print(json.dumps({
    "logits": logits.numpy().astype(float).round(6).tolist(),
    "loss": float(loss),
    "gradients": {
        n: {
            "norm": float(np.linalg.norm(g.numpy().astype(np.float64))),
            "projection": float(np.sum(g.numpy().astype(np.float64).ravel()
                                       * np.cos(np.arange(g.numpy().size) * 0.11))),
        } for n, g in zip(order, gradients)},
}, indent=1))
