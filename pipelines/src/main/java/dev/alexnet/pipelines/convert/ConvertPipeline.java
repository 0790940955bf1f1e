package dev.alexnet.pipelines.convert;

import dev.alexnet.infra.progress.Progress;
import org.apache.beam.sdk.options.PipelineOptions;

/** Pictures to dataset. */
public final class ConvertPipeline {
  private ConvertPipeline() {}

  /**
   * Converts, on the runner of the options, and waits for the end.
   *
   * @param progress hears of pictures, unit {@code images}
   * @throws dev.alexnet.infra.failure.Failure of kind INPUT_MISSING or BAD_DATA where the source is
   *     not what was asked for, or has more rejected pictures than the settings allow;
   *     OUTPUT_EXISTS where the output holds something else
   */
  public static ConvertResult run(
      ConvertSettings settings, PipelineOptions options, Progress progress) {
    if (settings != null) {
      throw new UnsupportedOperationException("convert comes with the next change");
    }
    throw new NullPointerException("settings is null");
  }
}
