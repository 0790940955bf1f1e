package dev.alexnet.infra.progress;

/** Receives the progress of long work. Called often; the implementation decides what to show. */
@FunctionalInterface
public interface Progress {
  /** Shows nothing. */
  Progress SILENT = (done, total, unit, details) -> {};

  /**
   * @param done how many units are done, including those of earlier runs
   * @param total how many units there are, 0 if that is not known
   * @param unit what is counted: {@code "images"}
   * @param details what else to show, most important first, in parts that two blanks separate:
   *     {@code "loss 2.31 top-1 error 88.0 %"}; may be empty
   */
  void report(long done, long total, String unit, String details);

  /** Tells the user a sentence, such as what the work waits for. */
  default void note(String sentence) {}
}
