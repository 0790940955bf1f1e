"""The peer of the training benchmark: AlexNet's two towers in Python TensorFlow.

Run with tensorflow-cpu 2.21:  python training_step_peer.py BATCH DEVICES
DEVICES is 1 (both towers on one CPU device) or 2 (one device each). It trains on images that it drew
once. For each line `N` of its input it runs N steps and answers with the seconds of each, in JSON.

The network is the preset `published`, written as a Python user would: the framework's own gradients
(which are right for LRN in Python, unlike in C++), colocated with what they are gradients of, and one
graph for the step. Normalisation within maps averages over padded maps, because a depthwise
convolution takes many times as long. The update is the published one, with the fused operation.
"""
import json
import sys
import time

import tensorflow as tf

v1 = tf.compat.v1
v1.disable_eager_execution()
BATCH, DEVICES = int(sys.argv[1]), int(sys.argv[2])
CLASSES, RATE, MOMENTUM, DECAY = 1000, 0.01, 0.9, 0.0005
TOWERS = ["/cpu:0", f"/cpu:{DEVICES - 1}"]
weights, biases = [], []


def towers(layer):
    """Applies layer(tower) on the device of each tower."""
    outputs = []
    for tower, device in enumerate(TOWERS):
        with tf.device(device):
            outputs.append(layer(tower))
    return outputs


def variable(shape, deviation, bias):
    weights.append(tf.Variable(tf.random.normal(shape, stddev=deviation)))
    biases.append(tf.Variable(tf.fill(shape[-1:], float(bias))))
    return weights[-1], biases[-1]


def conv(xs, kernel, stride, maps, padding, deviation, bias):
    def layer(tower):
        x = xs(tower)
        w, b = variable([kernel, kernel, x.shape[3], maps], deviation, bias)
        return tf.nn.bias_add(tf.nn.conv2d(x, w, stride, padding), b)

    return towers(layer)


def dense(xs, units, bias):
    def layer(tower):
        x = xs(tower)
        w, b = variable([x.shape[1], units], 0.01, bias)
        return tf.nn.bias_add(tf.matmul(x, w), b)

    return towers(layer)


def relu(xs):
    return towers(lambda t: tf.nn.relu(xs[t]))


def pool(xs):
    return towers(lambda t: tf.nn.max_pool2d(xs[t], 3, 2, "VALID"))


def across_maps(xs):
    return towers(lambda t: tf.nn.local_response_normalization(xs[t], 2, 2.0, 2e-5, 0.75))


def within_maps(xs):
    def layer(tower):
        x = xs[tower]
        squares = tf.pad(tf.square(x), [[0, 0], [2, 2], [2, 2], [0, 0]])
        sums = 25.0 * tf.nn.avg_pool2d(squares, 5, 1, "VALID")
        return x * tf.pow(1.0 + 4e-5 * sums, -0.75)

    return towers(layer)


def dropout(xs):
    def layer(tower):
        x = xs[tower]
        return x * tf.cast(tf.random.uniform(tf.shape(x)) >= 0.5, tf.float32)

    return towers(layer)


def network(images):
    padded = towers(lambda t: tf.pad(images, [[0, 0], [0, 3], [0, 3], [0, 0]]))
    xs = conv(lambda t: padded[t], 11, 4, 48, "VALID", 0.01, 0)
    xs = relu(pool(across_maps(xs)))
    xs = relu(conv(lambda t, xs=xs: xs[t], 5, 1, 128, "SAME", 0.01, 1))
    xs = pool(within_maps(across_maps(xs)))
    xs = relu(conv(lambda t, xs=xs: tf.concat(xs, 3), 3, 1, 192, "SAME", 0.03, 0))
    xs = relu(conv(lambda t, xs=xs: xs[t], 3, 1, 192, "SAME", 0.03, 1))
    xs = relu(pool(conv(lambda t, xs=xs: xs[t], 3, 1, 128, "SAME", 0.03, 1)))
    xs = towers(lambda t, xs=xs: tf.reshape(xs[t], [BATCH, 6 * 6 * 128]))
    xs = dropout(relu(dense(lambda t, xs=xs: tf.concat(xs, 1), 2048, 1)))
    xs = dropout(relu(dense(lambda t, xs=xs: tf.concat(xs, 1), 2048, 1)))
    with tf.device(TOWERS[0]):
        w, b = variable([4096, CLASSES], 0.01, 0)
        return tf.nn.bias_add(tf.matmul(tf.concat(xs, 1), w), b)


def momentum(value):
    with tf.device(value.device):
        return tf.Variable(tf.zeros(value.shape))


def update(value, gradient, rate):
    with tf.device(value.device):
        return tf.raw_ops.ResourceApplyKerasMomentum(
            var=value.handle, accum=momentum(value).handle, lr=rate, grad=gradient,
            momentum=MOMENTUM)


def main():
    with tf.device("/cpu:0"):
        images = tf.Variable(tf.random.uniform([BATCH, 224, 224, 3], -120, 120))
        labels = tf.Variable(tf.random.uniform([BATCH], 0, CLASSES, tf.int32))
    logits = network(images.read_value())
    with tf.device(TOWERS[0]):
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(
            labels=labels.read_value(), logits=logits))
    gradients = v1.gradients(loss, weights + biases, colocate_gradients_with_ops=True)
    by_weights, by_biases = gradients[:len(weights)], gradients[len(weights):]
    with tf.control_dependencies(gradients):
        updates = []
        for value, gradient in zip(weights, by_weights):
            with tf.device(value.device):
                gradient = gradient + DECAY * value
            updates.append(update(value, gradient, RATE))
        updates += [update(v, g, 2 * RATE) for v, g in zip(biases, by_biases)]
    step = tf.group(updates)
    config = v1.ConfigProto(device_count={"CPU": DEVICES}, allow_soft_placement=DEVICES == 1)
    with v1.Session(config=config) as session:
        session.run(v1.global_variables_initializer())
        for line in sys.stdin:
            seconds = []
            for _ in range(int(line)):
                start = time.perf_counter()
                value, _ = session.run([loss, step])
                seconds.append(time.perf_counter() - start)
            print(json.dumps({"seconds": seconds, "loss": float(value)}), flush=True)


if __name__ == "__main__":
    main()
