package dev.alexnet.infra.progress;

/** Hears how far a long piece of work is. Called often; the listener decides what to show. */
@FunctionalInterface
public interface Progress {
  /** Shows nothing. */
  Progress SILENT = (done, total, unit, details) -> {};

  /**
   * @param done how many units are done since the work began, those of earlier runs included
   * @param total how many there are, 0 where that is not known
   * @param unit what is counted: {@code "images"}
   * @param details what else to show, such as {@code "loss 2.31 top-1 error 88.0 %"}; may be empty
   */
  void report(long done, long total, String unit, String details);
}
