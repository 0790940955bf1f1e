package dev.alexnet.model.training.checkpoint;

/**
 * How the validation error has developed: the state of the schedule of that name.
 *
 * @param lowest top-1 error so far, 0 to 1
 * @param epochs how many epochs ago it was reached or the rate fell, the later of the two
 * @param count how often it has stopped improving
 */
public record PlateauState(double lowest, int epochs, int count) {
  /** Before the first validation. */
  public static final PlateauState NONE = new PlateauState(1, 0, 0);

  /** The number of epochs without an improvement that makes a plateau. */
  public static final int PATIENCE = 4;

  /** A gain of less than a tenth of a point does not count as an improvement. */
  private static final double GAIN = 0.001;

  /**
   * The state after one more validation. As long as no error was below chance, the network has not
   * learned anything that it could stop improving on: such an epoch counts for nothing.
   *
   * @param error top-1, 0 to 1
   * @param belowChance errors below this show that the network has learned something, 0 to 1
   */
  public PlateauState after(double error, double belowChance) {
    if (Math.min(lowest, error) >= belowChance) {
      return this;
    }
    if (error <= lowest - GAIN) {
      return new PlateauState(error, 0, count);
    }
    return epochs + 1 < PATIENCE
        ? new PlateauState(lowest, epochs + 1, count)
        : new PlateauState(lowest, 0, count + 1);
  }
}
