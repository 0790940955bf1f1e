package dev.alexnet.model.training;

import org.tensorflow.proto.RunMetadata;

/** A step's result with all that TensorFlow recorded of it, the partitioned graphs included. */
record TracedStep(BatchResult result, RunMetadata metadata) {}
