package dev.alexnet.model.training;

/**
 * How a network learned one batch by heart.
 *
 * @param steps it took
 * @param images of the batch
 * @param firstLoss of the first step
 * @param loss of the last step
 * @param goal what the loss had to fall to: a tenth of ln(classes)
 */
public record OverfitResult(long steps, long images, double firstLoss, double loss, double goal) {}
