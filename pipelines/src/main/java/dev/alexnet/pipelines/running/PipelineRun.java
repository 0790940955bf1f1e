package dev.alexnet.pipelines.running;

import dev.alexnet.infra.failure.Failure;
import dev.alexnet.infra.progress.Progress;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.joda.time.Duration;

/** Runs a pipeline to its end, tells how far it is, and unwraps what fails. */
public final class PipelineRun {
  /** The counter of images that every pipeline keeps, by this name in its own namespace. */
  public static final String IMAGES = "images";

  private static final Duration POLL = Duration.millis(500);

  private PipelineRun() {}

  /**
   * Runs. A runner that waits within its {@code run} shows progress only at the end; the
   * DirectRunner does so unless it is told {@code --blockOnRun=false}.
   *
   * @param namespace of the counter {@link #IMAGES}
   * @param total how many images there are
   * @throws Failure what a transform threw, without the runner's wrapping
   */
  public static void toTheEnd(Pipeline pipeline, String namespace, long total, Progress progress) {
    try {
      PipelineResult result = pipeline.run();
      progress.report(0, total, IMAGES, "");
      while (!isFinished(result.waitUntilFinish(POLL))) {
        progress.report(Math.min(images(result, namespace), total), total, IMAGES, "");
      }
      requireDone(result.getState());
      progress.report(total, total, IMAGES, "");
    } catch (RuntimeException e) {
      Failure failure = Failure.in(e);
      throw failure == null ? e : failure;
    }
  }

  private static boolean isFinished(PipelineResult.State state) {
    return state != null && state.isTerminal();
  }

  private static void requireDone(PipelineResult.State state) {
    if (state != PipelineResult.State.DONE) {
      throw new Failure(
          Failure.Kind.REMOTE,
          "The pipeline ended in the state " + state + "; see its runner's log");
    }
  }

  private static long images(PipelineResult result, String namespace) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(namespace, IMAGES)).build();
    long images = 0;
    for (MetricResult<Long> counter : result.metrics().queryMetrics(filter).getCounters()) {
      images += counter.getAttempted();
    }
    return images;
  }
}
