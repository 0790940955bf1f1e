package dev.alexnet.tests.engine;

import dev.alexnet.infra.failure.Failure;
import org.apache.beam.sdk.transforms.DoFn;

/** Throws a failure of the kind that its element names, if it names one. */
public final class FailingFn extends DoFn<String, Void> {
  private static final long serialVersionUID = 1L;

  /** What the failure says, in a form that a log could tear apart. */
  public static final String MESSAGE = "the disk of \"worker\" {1} is full\n\tat /data";

  @ProcessElement
  public void process(@Element String kind) {
    if (kind.isEmpty()) {
      return;
    }
    throw new Failure(Failure.Kind.valueOf(kind), MESSAGE);
  }
}
