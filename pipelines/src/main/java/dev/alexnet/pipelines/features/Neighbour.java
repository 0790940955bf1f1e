package dev.alexnet.pipelines.features;

/**
 * A row of features that is near a query.
 *
 * @param row its index in the dataset
 * @param distance the Euclidean distance
 */
public record Neighbour(long row, double distance) {}
