package dev.alexnet.ops.comparison;

/**
 * An interval that has the true value with 95 % confidence.
 *
 * @param low −1 to 1
 * @param high −1 to 1
 */
record Bounds(double low, double high) {}
