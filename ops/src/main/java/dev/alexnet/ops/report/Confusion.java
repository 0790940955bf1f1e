package dev.alexnet.ops.report;

/**
 * Images of one class that were predicted as another.
 *
 * @param truth their class
 * @param guess what was most probable instead
 * @param images how many
 */
record Confusion(int truth, int guess, long images) {}
