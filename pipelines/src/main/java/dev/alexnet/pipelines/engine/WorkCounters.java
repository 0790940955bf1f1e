package dev.alexnet.pipelines.engine;

import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;

/** The counters that every pipeline has, for {@link RunMetrics}. */
public final class WorkCounters {
  public static final String IMAGES = "images";
  public static final String REJECTED = "rejected";
  static final String BYTES = "bytes";
  static final String RETRIES = "retries";

  private WorkCounters() {}

  /** Images that workers have finished, rejected ones included. */
  public static Counter images() {
    return Metrics.counter(WorkCounters.class, IMAGES);
  }

  /** Pictures or records that could not be used. */
  public static Counter rejected() {
    return Metrics.counter(WorkCounters.class, REJECTED);
  }

  /** Bytes of shards that were written. */
  public static Counter bytes() {
    return Metrics.counter(WorkCounters.class, BYTES);
  }

  /** Shards that an earlier attempt of the same run had begun. */
  public static Counter retries() {
    return Metrics.counter(WorkCounters.class, RETRIES);
  }
}
