package dev.alexnet.model.network;

import dev.alexnet.infra.settings.Problems;

/**
 * When the original author lowered the rates of a network by hand, in epochs counted from 0, as the
 * comments of its configuration record it.
 *
 * @param tenth weights continue at a tenth of the initial rate
 * @param hundredth weights at a hundredth. The biases' only fall, to a tenth, is recorded without
 *     its epoch; it is taken for this one
 * @param firstLayer weights of conv1 at a thousandth, and without colour noise from then on; the
 *     same as {@code frozen} if that was never done, and then the colour noise stays
 * @param frozen conv1 is frozen
 * @param thousandth the other weights at a thousandth; the same as {@code end} if they never do
 * @param end of the training
 */
public record PublishedRateDrops(
    int tenth, int hundredth, int firstLayer, int frozen, int thousandth, int end) {
  public PublishedRateDrops {
    new Problems("published rate drops")
        .require(
            0 < tenth
                && tenth < hundredth
                && hundredth < firstLayer
                && firstLayer <= frozen
                && frozen <= thousandth
                && thousandth <= end,
            "%s, %s, %s, %s, %s and %s do not rise",
            tenth,
            hundredth,
            firstLayer,
            frozen,
            thousandth,
            end)
        .throwIfAny();
  }
}
