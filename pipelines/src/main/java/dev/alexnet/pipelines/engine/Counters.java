package dev.alexnet.pipelines.engine;

import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** The counters of a pipeline, for progress reports only: engines may count repeated work twice. */
public final class Counters {
  private final MetricResults metrics;

  Counters(MetricResults metrics) {
    this.metrics = metrics;
  }

  /** The sum over all steps with a counter of this name; 0 if none has counted yet. */
  public long of(Class<?> namespace, String name) {
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.named(namespace, name)).build();
    long sum = 0;
    for (MetricResult<Long> counter : metrics.queryMetrics(filter).getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }
}
