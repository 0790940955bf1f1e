package dev.alexnet.pipelines.features;

/**
 * A row of features near to a query.
 *
 * @param row its place in the dataset
 * @param distance Euclidean
 */
public record Neighbour(long row, double distance) {}
